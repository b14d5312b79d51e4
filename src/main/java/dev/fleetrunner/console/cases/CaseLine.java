package dev.fleetrunner.console.cases;

import dev.fleetrunner.console.cases.Changes.Change;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.console.tasks.TaskLine;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.pipeline.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A task of a case, in words.
 *
 * @param callersTask the caller's own name for it, or null
 * @param tests the numbers of its tests; null without reports
 * @param changes since the task before it that bore the same name and role
 * @param first whether there is none before it
 */
record CaseLine(
        TaskLine task,
        String command,
        String callersTask,
        String role,
        String tests,
        List<Change> changes,
        boolean first) {
    private static final int COMMAND = 160;

    /** What tells that two tasks of a case are tries at the same. */
    record Line(String callersTask, String role) {}

    /**
     * @param earlier the last result of each line; this task's is put there
     */
    static CaseLine of(Story story, Map<Line, TaskResult> earlier, Instant now) {
        var row = story.view().row();
        var line = new Line(row.taskId(), row.role());
        TaskResult result = story.result().orElse(null);
        TaskResult before = earlier.get(line);
        if (result != null) {
            earlier.put(line, result);
        }
        return new CaseLine(
                TaskLine.of(row, now),
                Words.cut(Words.command(story.submitted().spec().cmd()), COMMAND),
                row.taskId(),
                row.role(),
                tests(result),
                before == null || result == null ? List.of() : Changes.between(before, result),
                before == null);
    }

    private static String tests(TaskResult result) {
        return result == null || result.tests() == null
                ? null
                : result.tests().passed() + " of " + result.tests().total() + " tests passed";
    }
}

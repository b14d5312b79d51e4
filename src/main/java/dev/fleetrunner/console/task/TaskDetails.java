package dev.fleetrunner.console.task;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.console.tasks.TaskLine;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.pipeline.Story;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A task in words.
 *
 * @param over whether nothing comes any more
 * @param now what is being done for it; null if there is nothing to tell
 * @param cause why it did not pass; null if it did, or is not over
 * @param facts what is known of it
 * @param notes what is worth knowing but changes nothing
 * @param deniedHosts what it was kept from reaching
 * @param command in one line
 * @param caseId the caller's case, or null
 * @param caseLink the page of the case; null without one
 * @param rerunOf the task that this one repeats, or null
 */
record TaskDetails(
        String id,
        String shortId,
        String mark,
        String status,
        boolean over,
        String now,
        Cause cause,
        List<Fact> facts,
        List<String> notes,
        List<String> deniedHosts,
        String command,
        String caseId,
        String caseLink,
        String rerunOf) {

    /** The page's title, which tells the state. */
    public String title() {
        return mark + " " + status + " · task " + shortId;
    }

    /** Something known, by a name. */
    record Fact(String name, String value) {}

    static TaskDetails of(Story story, Instant now) {
        TaskView view = story.view();
        TaskRow row = view.row();
        TaskResult result = story.result().orElse(null);
        return new TaskDetails(
                row.id(),
                Words.shortId(row.id()),
                Words.mark(row.status()),
                row.status().word(),
                row.status().terminal(),
                row.status().terminal() ? null : doing(view),
                result == null ? null : result.cause(),
                facts(story, result, now),
                result == null ? List.of() : result.notes(),
                result == null ? List.of() : result.deniedHosts(),
                Words.cut(Words.command(story.submitted().spec().cmd()), COMMAND),
                row.caseId(),
                TaskLine.caseLink(row.caseId()),
                story.submitted().rerunOf());
    }

    private static final int COMMAND = 1000;
    private static final double MILLIS = 1000;

    private static String doing(TaskView view) {
        String phase = view.row().phase().word();
        if (view.queuePosition() != null) {
            return phase + ", number " + view.queuePosition() + " in the queue";
        }
        if (view.progress() != null) {
            return phase + ": " + view.progress();
        }
        return phase.equals(view.row().status().word()) ? null : phase;
    }

    private static List<Fact> facts(Story story, TaskResult result, Instant now) {
        TaskRow row = story.view().row();
        List<Fact> facts = new ArrayList<>();

        add(facts, "Exit code", row.exitCode());
        add(
                facts,
                "Duration",
                result == null
                        ? TaskLine.duration(row, now)
                        : Words.duration(
                                Duration.ofMillis(Math.round(result.metadata().duration() * MILLIS))));
        add(facts, "Image", row.image());
        add(facts, "Owner", row.owner());
        add(facts, "Caller's task", row.taskId());
        add(facts, "Role", row.role());
        row.labels().forEach((key, value) -> add(facts, "Label " + key, value));
        add(facts, "Queued", time(row.queuedAt(), now));
        add(facts, "Started", time(row.startedAt(), now));
        add(facts, "Finished", time(row.finishedAt(), now));
        add(facts, "Runtime", row.runtime());
        if (result != null) {
            outcome(facts, result.metadata());
            add(
                    facts,
                    "Log",
                    Words.bytes(result.captured().logBytes())
                            + (result.captured().logTruncated() ? ", cut" : ""));
        }
        return List.copyOf(facts);
    }

    private static void outcome(List<Fact> facts, Metadata metadata) {
        add(facts, "Chosen because", metadata.runtimeReason());
        add(facts, "Container", metadata.containerId());
        add(facts, "Image digest", metadata.imageDigest());
        if (metadata.cpuSeconds() != null) {
            add(facts, "Processor time", String.format(Locale.ROOT, "%.2f s", metadata.cpuSeconds()));
        }
        add(facts, "Peak memory", metadata.peakMemoryBytes() == null ? null : Words.bytes(metadata.peakMemoryBytes()));
    }

    private static String time(Instant at, Instant now) {
        return at == null ? null : Words.time(at) + ", " + Words.ago(at, now);
    }

    private static void add(List<Fact> facts, String name, Object value) {
        if (value != null) {
            facts.add(new Fact(name, value.toString()));
        }
    }
}

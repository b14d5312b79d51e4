package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.artifact.Collected;
import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.report.Reports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was brought in of what a task left behind.
 *
 * @param since when that began: the command's time was over by then
 * @param artifacts what was collected
 * @param tests null without test reports
 * @param coverage null without coverage reports
 * @param notes what is not there, and why
 */
record Brought(
        Instant since,
        List<Captured.Artifact> artifacts,
        TaskResult.TestSummary tests,
        TaskResult.Coverage coverage,
        List<String> notes) {

    Brought {
        artifacts = List.copyOf(artifacts);
        notes = List.copyOf(notes);
    }

    static Brought nothing(Instant since) {
        return new Brought(since, List.of(), null, null, List.of());
    }

    Brought with(Collected collected) {
        return new Brought(since, collected.artifacts(), tests, coverage, collected.notes());
    }

    Brought with(Reports reports) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(reports.notes());
        return new Brought(since, artifacts, reports.tests(), reports.coverage(), all);
    }
}

package dev.fleetrunner.contract;

import java.util.List;

/**
 * What an agent gets back.
 *
 * @param id the runner's id of the task, a ULID
 * @param status the outcome
 * @param phase always {@link Phase#DONE}
 * @param exitCode the command's exit code; null if it never ended by itself or never started
 * @param cause why it did not pass; null if it passed
 * @param tests what the test reports say; null without reports
 * @param coverage what the coverage reports say; null without reports
 * @param captured logs and artifacts
 * @param notes what is worth knowing but changes nothing
 * @param deniedHosts hosts that the task tried to reach and may not
 * @param metadata how, where and for whom it ran
 */
public record TaskResult(
        String id,
        TaskStatus status,
        Phase phase,
        Integer exitCode,
        Cause cause,
        TestSummary tests,
        Coverage coverage,
        Captured captured,
        List<String> notes,
        List<String> deniedHosts,
        Metadata metadata) {

    public TaskResult {
        notes = List.copyOf(notes);
        deniedHosts = List.copyOf(deniedHosts);
    }

    /** Percentage of lines covered, 0 to 100. */
    public record Coverage(double linePercent) {}

    /** The numbers of the test reports, failures first; durations in seconds. */
    public record TestSummary(
            int total,
            int passed,
            int failed,
            int skipped,
            double durationSec,
            List<TestFailure> failures,
            List<TestTime> slowest) {
        public TestSummary {
            failures = List.copyOf(failures);
            slowest = List.copyOf(slowest);
        }
    }

    /** One failed test; suite, file, line and details may be null. */
    public record TestFailure(String name, String suite, String file, Integer line, String message, String details) {}

    /** A test and its duration in seconds. */
    public record TestTime(String name, double durationSec) {}
}

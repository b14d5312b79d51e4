package dev.fleetrunner.report;

import dev.fleetrunner.contract.TaskResult.Coverage;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import java.util.List;

/**
 * One report, test by test.
 *
 * @param tests null if it is no test report
 * @param coverage null if it does not say how many lines are covered
 * @param rows its tests in their order, the first ones if there are many
 * @param notes what could not be read of it, and why
 */
public record ReportTable(TestSummary tests, Coverage coverage, List<Row> rows, List<String> notes) {
    public ReportTable {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * A test.
     *
     * @param suite class, package or file that it belongs to; may be null
     * @param outcome passed, failed or skipped
     * @param seconds 0 if unknown
     */
    public record Row(String name, String suite, String outcome, double seconds) {}

    /** Whether the file is a report at all. */
    public boolean isReport() {
        return tests != null || coverage != null || !notes.isEmpty();
    }
}

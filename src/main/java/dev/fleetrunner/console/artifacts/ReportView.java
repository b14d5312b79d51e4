package dev.fleetrunner.console.artifacts;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.report.ReportTable;
import java.util.List;
import java.util.Locale;

/**
 * A report as a table.
 *
 * @param words its numbers; null for one without tests
 * @param coverage null for one without it
 * @param more how many tests are not listed
 */
record ReportView(String words, String coverage, List<Row> rows, int more, List<String> notes) {

    /** A test; the sign and the status tell how it ended. */
    record Row(String name, String suite, String mark, String status, String outcome, String lasted) {

        private static Row of(ReportTable.Row row) {
            TaskStatus like =
                    switch (row.outcome()) {
                        case "passed" -> TaskStatus.PASSED;
                        case "failed" -> TaskStatus.FAILED;
                        default -> TaskStatus.CANCELLED;
                    };
            return new Row(
                    row.name(),
                    row.suite(),
                    Words.mark(like),
                    like.word(),
                    row.outcome(),
                    String.format(Locale.ROOT, "%.2f s", row.seconds()));
        }
    }

    /** Null for what is no report. */
    static ReportView of(ReportTable table) {
        if (!table.isReport()) {
            return null;
        }
        var tests = table.tests();
        return new ReportView(
                tests == null
                        ? null
                        : tests.total() + " tests: " + tests.passed() + " passed, " + tests.failed() + " failed, "
                                + tests.skipped() + " skipped.",
                table.coverage() == null
                        ? null
                        : Words.decimal(table.coverage().linePercent()) + " % of the lines are covered.",
                table.rows().stream().map(Row::of).toList(),
                tests == null ? 0 : Math.max(0, tests.total() - table.rows().size()),
                table.notes());
    }
}

package dev.fleetrunner.report;

import dev.fleetrunner.contract.TaskResult.Coverage;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import java.util.List;

/**
 * What all reports of a task say together.
 *
 * @param tests null if no file is a test report
 * @param coverage null if no file says how many lines are covered
 * @param notes which reports could not be read, or not whole, and why
 */
public record Reports(TestSummary tests, Coverage coverage, List<String> notes) {
    public Reports {
        notes = List.copyOf(notes);
    }
}

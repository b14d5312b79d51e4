package dev.fleetrunner.report;

/** How a test ended. An error counts as failed; what was to do or expected to fail, and did, as skipped. */
enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
}

package dev.fleetrunner.report;

/** The kinds of report that are understood. */
enum Format {
    JUNIT("JUnit XML", true),
    GO_JSON("go test -json", true),
    TAP("TAP", true),
    COBERTURA("Cobertura XML", false),
    JACOCO("JaCoCo XML", false),
    LCOV("LCOV", false);

    private final String label;
    private final boolean tests;

    Format(String label, boolean tests) {
        this.label = label;
        this.tests = tests;
    }

    /** Its name in notes. */
    String label() {
        return label;
    }

    /** Whether it tells of tests; else it tells of coverage. */
    boolean tests() {
        return tests;
    }
}

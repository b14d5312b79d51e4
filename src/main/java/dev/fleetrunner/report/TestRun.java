package dev.fleetrunner.report;

/**
 * One test as a report tells of it, not yet cleaned.
 *
 * @param name may be null
 * @param suite class, package or file that it belongs to; may be null
 * @param outcome how it ended
 * @param seconds 0 if unknown
 * @param role whether other tests are inside it
 * @param file where the test is, if the report names it apart from the text; else null
 * @param line likewise
 * @param message may be null
 * @param details stack trace and output; may be empty
 */
record TestRun(
        String name,
        String suite,
        Outcome outcome,
        double seconds,
        Role role,
        String file,
        Integer line,
        String message,
        String details) {

    /** Where it stands among nested tests. */
    enum Role {
        /** Nothing inside. */
        LEAF,
        /** Tests inside, and something of its own to say if it failed. */
        PARENT,
        /** Failed only because tests inside did. */
        MESSENGER,
        /** No test, only a group of them; it does not count. */
        SUITE
    }

    /** A test about which nothing more is known. */
    static TestRun plain(String name, String suite, Outcome outcome, double seconds) {
        return new TestRun(name, suite, outcome, seconds, Role.LEAF, null, null, null, "");
    }
}

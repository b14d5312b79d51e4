package dev.fleetrunner.report;

import dev.fleetrunner.report.TestRun.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tests of a Go package that run now. */
final class GoPackage {
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Excerpt output = new Excerpt();
    private final String name;
    private final TestTally tally;
    private boolean anyFailed;
    private double topLevelSeconds;

    GoPackage(String name, TestTally tally) {
        this.name = name;
        this.tally = tally;
    }

    private static final class Running {
        private final Excerpt output = new Excerpt();
        private boolean parent;
        private boolean failedInside;
    }

    void start(String test) {
        running.putIfAbsent(test, new Running());
        Running parent = parent(test);
        if (parent != null) {
            parent.parent = true;
        }
    }

    int open() {
        return running.size();
    }

    /** How long its top-level tests took; what is known while its own end is missing. */
    double seconds() {
        return topLevelSeconds;
    }

    /** Output of a test, or of the package if the test is null or not running. */
    void output(String test, String text) {
        if (text == null || frame(text)) {
            return;
        }
        Running of = test == null ? null : running.get(test);
        (of == null ? output : of.output).add(text);
    }

    void end(String test, Outcome outcome, double seconds) {
        Running ended = running.remove(test);
        report(test, ended == null ? new Running() : ended, outcome, seconds, null);
        if (test.indexOf('/') < 0) {
            topLevelSeconds += seconds;
        }
    }

    /** The package has failed: its tests that did not end count as failed, and if there is none, the package itself. */
    void fail(String buildOutput) {
        // The innermost were started last.
        String[] left = running.keySet().toArray(String[]::new);
        for (int i = left.length - 1; i >= 0; i--) {
            report(left[i], running.remove(left[i]), Outcome.FAILED, 0, "the test did not end");
        }
        if (!anyFailed) {
            String details = buildOutput == null ? output.toString() : buildOutput;
            tally.add(new TestRun(name, name, Outcome.FAILED, 0, Role.PARENT, null, null, null, details));
        }
    }

    private void report(String test, Running ended, Outcome outcome, double seconds, String message) {
        String details = ended.output.toString();
        if (outcome == Outcome.FAILED) {
            anyFailed = true;
            Running parent = parent(test);
            if (parent != null) {
                parent.failedInside = true;
            }
        }
        boolean messenger = ended.failedInside && details.isBlank();
        Role role = messenger ? Role.MESSENGER : ended.parent ? Role.PARENT : Role.LEAF;
        String words = message != null && details.isBlank() && !messenger ? message : null;
        tally.add(new TestRun(test, name, outcome, seconds, role, null, null, words, details));
    }

    /** The name of a sub-test may itself have slashes. */
    private Running parent(String test) {
        int levels = 0;
        for (int at = test.lastIndexOf('/'); at > 0 && levels < 20; at = test.lastIndexOf('/', at - 1), levels++) {
            Running parent = running.get(test.substring(0, at));
            if (parent != null) {
                return parent;
            }
        }
        return null;
    }

    /** Lines that only repeat what the events say. */
    private static boolean frame(String text) {
        String line = text.stripLeading();
        return line.startsWith("=== ") || line.startsWith("--- ");
    }
}

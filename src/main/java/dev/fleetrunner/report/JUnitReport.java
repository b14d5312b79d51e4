package dev.fleetrunner.report;

import dev.fleetrunner.report.TestRun.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * JUnit's XML in the dialects of surefire, pytest, gotestsum, jest-junit, nextest, ctest and others. A test that failed at
 * first and passed at last ({@code flakyFailure}) has passed.
 */
final class JUnitReport implements Xml.Visitor {
    private static final Set<String> NOT_RUN = Set.of("notrun", "disabled", "suppressed", "skipped", "ignored");
    /** Names that tools give where they have no class. */
    private static final Set<String> NO_CLASS = Set.of("test", "(empty)", "undefined");

    private final TestTally tally;
    private final Deque<Suite> suites = new ArrayDeque<>();
    private final Excerpt text = new Excerpt();
    private final Excerpt output = new Excerpt();
    private Case current;
    private Excerpt listening;

    JUnitReport(TestTally tally) {
        this.tally = tally;
    }

    private static final class Suite {
        private final String name;
        private final String file;
        private final double told;
        private double counted;

        Suite(Xml element, Suite outer) {
            this.name = element.attribute("name");
            String own = element.attribute("file");
            this.file = own == null && outer != null ? outer.file : own;
            this.told = Seconds.parse(element.attribute("time"));
        }
    }

    /** A testcase; or a suite's own failure, which counts as one. */
    private static final class Case {
        private final String name;
        private final String suite;
        private final String file;
        private final Integer line;
        private final double seconds;
        private final int depth;
        private Outcome outcome;
        private String message;

        Case(String name, String suite, String file, Xml element, double seconds, Outcome outcome, int depth) {
            this.name = name;
            this.suite = suite;
            this.file = file;
            this.line = number(element.attribute("line"));
            this.seconds = seconds;
            this.outcome = outcome;
            this.depth = depth;
        }
    }

    @Override
    public void start(String name, Xml element, int depth) {
        switch (name) {
            case "testsuites", "testsuite" -> suites.push(new Suite(element, suites.peek()));
            case "testcase" -> testcase(element, depth);
            case "failure", "error" -> failure(element, depth);
            case "skipped" -> {
                if (current != null && current.outcome != Outcome.FAILED) {
                    current.outcome = Outcome.SKIPPED;
                }
            }
            case "system-out", "system-err" -> listening = current == null ? null : output;
            default -> {}
        }
    }

    private void testcase(Xml element, int depth) {
        String name = element.attribute("name");
        String status = element.attribute("status");
        String result = element.attribute("result");
        boolean notRun = status != null && NOT_RUN.contains(status) || result != null && NOT_RUN.contains(result);
        double seconds = Seconds.parse(element.attribute("time"));
        current = new Case(
                name,
                suite(element.attribute("classname"), name),
                file(element),
                element,
                seconds,
                notRun ? Outcome.SKIPPED : Outcome.PASSED,
                depth);
        if (!suites.isEmpty()) {
            suites.peek().counted += seconds;
        }
    }

    private void failure(Xml element, int depth) {
        if (current == null) {
            String suite = suites.isEmpty() ? null : suites.peek().name;
            current = new Case(suite, suite, file(element), element, 0, Outcome.FAILED, depth);
        }
        current.outcome = Outcome.FAILED;
        if (current.message == null || current.message.isBlank()) {
            current.message = element.attribute("message");
        }
        if (text.length() > 0) {
            text.add("\n");
        }
        listening = text;
    }

    private String file(Xml element) {
        String file = element.attribute("file");
        return file == null && !suites.isEmpty() ? suites.peek().file : file;
    }

    private String suite(String className, String name) {
        boolean telling =
                className != null && !className.isBlank() && !className.equals(name) && !NO_CLASS.contains(className);
        if (telling) {
            return className;
        }
        String suite = suites.isEmpty() ? null : suites.peek().name;
        return suite == null || suite.isBlank() || NO_CLASS.contains(suite) ? null : suite;
    }

    @Override
    public void text(XMLStreamReader characters) {
        if (listening != null) {
            listening.add(characters.getTextCharacters(), characters.getTextStart(), characters.getTextLength());
        }
    }

    @Override
    public void end(String name, int depth) {
        listening = null;
        if (current != null && current.depth == depth) {
            endCase();
        } else if (name.equals("testsuite") || name.equals("testsuites")) {
            endSuite();
        }
    }

    private void endCase() {
        Case test = current;
        if (test.outcome == Outcome.FAILED) {
            // ctest puts everything into the output and nothing into the failure.
            boolean empty = text.toString().isBlank();
            tally.add(new TestRun(
                    test.name,
                    test.suite,
                    test.outcome,
                    test.seconds,
                    role(test),
                    test.file,
                    test.line,
                    test.message,
                    (empty ? output : text).toString()));
        } else {
            tally.add(TestRun.plain(test.name, test.suite, test.outcome, test.seconds));
        }
        text.clear();
        output.clear();
        current = null;
    }

    /** gotestsum writes no reason for a test that failed only by its sub-tests, just the frame that Go prints. */
    private Role role(Case test) {
        boolean silent = Failures.saysNothing(test.message) && text.startsWith("=== ");
        return silent && Headline.of(text.toString()) == null ? Role.MESSENGER : Role.LEAF;
    }

    private void endSuite() {
        Suite suite = suites.pop();
        double seconds = suite.told > 0 ? suite.told : suite.counted;
        if (suites.isEmpty()) {
            tally.took(seconds);
        } else {
            suites.peek().counted += seconds;
        }
    }

    /** Tells how long the suites took that a report which is cut off never ended. */
    void cutOff() {
        while (!suites.isEmpty()) {
            endSuite();
        }
    }

    private static Integer number(String text) {
        long number = LineTally.count(text);
        return number > 0 && number <= Integer.MAX_VALUE ? (int) number : null;
    }

    @Override
    public boolean done() {
        return false;
    }
}

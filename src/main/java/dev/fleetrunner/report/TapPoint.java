package dev.fleetrunner.report;

import dev.fleetrunner.report.TestRun.Role;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A test line of TAP, and what follows it until the next. */
final class TapPoint {
    private static final Pattern LINE = Pattern.compile("(not )?ok(?: +(\\d+))?(?: +(.*))?", Pattern.DOTALL);
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*(?:(skip|todo)|time=([\\d.]+)(ms|s)).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int MAX_DIRECTIVES = 3;

    private final boolean ok;
    private final boolean numbered;
    private final boolean buffered;
    private final String name;
    private final boolean directed;
    private final double told;
    private final Excerpt comments = new Excerpt();
    private final Excerpt yaml = new Excerpt();

    private TapPoint(Matcher line) {
        ok = line.group(1) == null;
        numbered = line.group(2) != null;
        String rest = line.group(3) == null ? "" : line.group(3).strip();
        buffered = rest.endsWith("{") && !rest.endsWith("\\{");
        rest = buffered ? rest.substring(0, rest.length() - 1) : rest;
        rest = rest.startsWith("- ") ? rest.substring(2) : rest;
        boolean skipOrTodo = false;
        double seconds = 0;
        int tries = MAX_DIRECTIVES;
        for (int at = hash(rest, rest.length()); at >= 0 && tries > 0; at = hash(rest, at), tries--) {
            Matcher directive = DIRECTIVE.matcher(rest.substring(at + 1));
            if (directive.matches()) {
                skipOrTodo |= directive.group(1) != null;
                seconds = directive.group(2) == null ? seconds : seconds(directive.group(2), directive.group(3));
                rest = rest.substring(0, at);
            }
        }
        name = rest.strip().replace("\\#", "#").replace("\\\\", "\\");
        directed = skipOrTodo;
        told = seconds;
    }

    /** Null if the line is none. */
    static TapPoint read(String line) {
        if (!line.startsWith("ok") && !line.startsWith("not ok")) {
            return null;
        }
        Matcher matcher = LINE.matcher(line.length() > 5000 ? line.substring(0, 5000) : line);
        return matcher.matches() ? new TapPoint(matcher) : null;
    }

    /** The harness prove writes a line with nothing but "ok" when a file has passed. */
    boolean bare() {
        return !numbered && name.isEmpty();
    }

    String name() {
        return name;
    }

    /** Whether the tests inside follow in braces. */
    boolean buffered() {
        return buffered;
    }

    boolean failed() {
        return !ok && !directed;
    }

    void comment(String text) {
        comments.add(text + "\n");
    }

    void diagnostic(String line) {
        yaml.add(line + "\n");
    }

    /** The test, now that all about it is known. */
    TestRun told(String suite, Role role) {
        TapDiagnostics more = TapDiagnostics.read(yaml.toString());
        Outcome outcome = directed ? Outcome.SKIPPED : ok ? Outcome.PASSED : Outcome.FAILED;
        double seconds = told > 0 ? told : more.seconds();
        if (more.isSuite() && (ok || more.onlySubtestsFailed())) {
            return new TestRun(name, suite, outcome, seconds, Role.SUITE, null, null, null, "");
        }
        if (outcome != Outcome.FAILED) {
            return new TestRun(name, suite, outcome, seconds, role, null, null, null, "");
        }
        String words = more.message() != null ? more.message() : Headline.of(comments.toString());
        return new TestRun(
                name,
                suite,
                outcome,
                seconds,
                more.onlySubtestsFailed() ? Role.MESSENGER : role,
                more.file(),
                more.line(),
                words == null && yaml.length() > 0 ? "not ok" : words,
                comments.toString() + yaml);
    }

    private static double seconds(String number, String unit) {
        double value = Seconds.parse(number);
        return unit.equalsIgnoreCase("ms") ? value / 1000 : value;
    }

    /** The last unescaped # before that position. */
    private static int hash(String text, int before) {
        for (int at = before - 1; at >= 0; at--) {
            if (text.charAt(at) == '#' && (at == 0 || text.charAt(at - 1) != '\\')) {
                return at;
            }
        }
        return -1;
    }
}

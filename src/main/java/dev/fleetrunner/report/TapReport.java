package dev.fleetrunner.report;

import dev.fleetrunner.report.TestRun.Role;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TAP, versions 12 to 14, subtests by indentation or in braces. Every test line counts, that of a parent too, as Node's
 * runner does; what it marks as a suite does not. TODO counts as skipped. "Bail out!" counts as a failure.
 */
final class TapReport {
    private static final int INDENT = 4;
    private static final int LEVELS = 32;
    private static final String SUBTEST = "# Subtest: ";
    private static final String BAIL_OUT = "Bail out!";
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})\\b.*", Pattern.DOTALL);

    private final Lines lines;
    private final TestTally tally;
    private final String[] announced = new String[LEVELS + 2];
    private final boolean[] inside = new boolean[LEVELS + 2];
    private final boolean[] failedInside = new boolean[LEVELS + 2];
    private TapPoint point;
    private int level;
    private Role role;
    private int yamlIndent = -1;
    private String file;
    private boolean bailedOut;
    private long planned = -1;
    private long ran;

    TapReport(Reader text, TestTally tally) {
        this.lines = new Lines(text);
        this.tally = tally;
    }

    void read() throws IOException {
        String line;
        while ((line = lines.next()) != null) {
            int indent = TapDiagnostics.indent(line);
            String content = line.substring(indent);
            if (!diagnostic(line, content, indent)) {
                take(content, Math.min(indent / INDENT, LEVELS));
            }
        }
        flush();
        if (!bailedOut && planned != ran) {
            throw new Malformed(planned < 0 ? "it has no plan" : "it planned " + planned + " tests and has " + ran);
        }
    }

    /** Whether the line is part of the YAML below a test line. */
    private boolean diagnostic(String line, String content, int indent) {
        if (yamlIndent < 0) {
            if (point == null || !content.stripTrailing().equals("---")) {
                return false;
            }
            yamlIndent = indent;
        } else if (content.stripTrailing().equals("...")) {
            yamlIndent = -1;
        } else if (indent < yamlIndent && !content.isBlank()) {
            yamlIndent = -1;
            return false;
        } else {
            point.diagnostic(line.substring(Math.min(indent, yamlIndent)));
        }
        return true;
    }

    private void take(String content, int at) {
        Matcher plan = PLAN.matcher(content);
        if (content.startsWith("#")) {
            comment(content, at);
        } else if (content.startsWith(BAIL_OUT)) {
            flush();
            bailedOut = true;
            String reason = content.substring(BAIL_OUT.length()).strip();
            tally.add(new TestRun(BAIL_OUT, file, Outcome.FAILED, 0, Role.LEAF, null, null, reason, ""));
        } else if (plan.matches()) {
            planned = at > 0 ? planned : Math.max(0, planned) + Long.parseLong(plan.group(1));
        } else {
            TapPoint next = TapPoint.read(content);
            if (next != null && !(file != null && next.bare())) {
                begin(next, at);
            } else if (next == null && at == 0) {
                Matcher header = Sniffer.PROVE_HEADER.matcher(content);
                file = header.matches() ? header.group(1) : file;
            }
        }
    }

    private void begin(TapPoint next, int at) {
        flush();
        point = next;
        level = at;
        ran += at == 0 ? 1 : 0;
        boolean parent = inside[at + 1] || next.buffered();
        boolean messenger = next.failed() && (failedInside[at + 1] || next.buffered());
        role = messenger ? Role.MESSENGER : parent ? Role.PARENT : Role.LEAF;
        for (int inner = at + 1; inner <= LEVELS + 1; inner++) {
            inside[inner] = false;
            failedInside[inner] = false;
            announced[inner] = null;
        }
        inside[at] = true;
        failedInside[at] |= next.failed();
        if (next.buffered()) {
            announced[at] = next.name();
        }
    }

    private void comment(String content, int at) {
        if (content.startsWith(SUBTEST)) {
            flush();
            announced[at] = content.substring(SUBTEST.length()).replace("\\#", "#");
        } else if (point != null && point.failed()) {
            point.comment(content.substring(1));
        }
    }

    private void flush() {
        yamlIndent = -1;
        if (point == null) {
            return;
        }
        TestRun test = point.told(suite(), role);
        point = null;
        tally.add(test);
        if (level == 0) {
            tally.took(test.seconds());
        }
    }

    /** The names of the tests around, outermost first; the file if there are none. */
    private String suite() {
        StringBuilder names = new StringBuilder();
        for (int outer = 0; outer < level && names.length() < 2000; outer++) {
            if (announced[outer] != null) {
                names.append(names.isEmpty() ? "" : " > ").append(announced[outer]);
            }
        }
        return names.isEmpty() ? file : names.toString();
    }
}

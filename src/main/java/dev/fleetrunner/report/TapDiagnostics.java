package dev.fleetrunner.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The YAML below a test line of TAP, of which two levels of keys and block texts are understood; that is all that
 * producers write where it matters.
 */
final class TapDiagnostics {
    private static final int MAX_LINES = 2000;
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z_]\\w{0,60}):(?: +(.*))?");

    private final Map<String, String> values = new HashMap<>();
    private final Place location;

    private TapDiagnostics(List<String> lines) {
        String outer = null;
        int outerIndent = Integer.MAX_VALUE;
        for (int i = 0; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (!key.matches()) {
                continue;
            }
            int indent = key.group(1).length();
            String value = key.group(3) == null ? "" : key.group(3).strip();
            boolean nested = outer != null && indent > outerIndent;
            String name = nested ? outer + "." + key.group(2) : key.group(2);
            if (value.startsWith("|") || value.startsWith(">")) {
                int end = endOfBlock(lines, i + 1, indent);
                value = String.join("\n", lines.subList(i + 1, end))
                        .stripIndent()
                        .strip();
                i = end - 1;
            }
            if (!nested) {
                outer = key.group(2);
                outerIndent = indent;
            }
            values.putIfAbsent(name, unquoted(value));
        }
        String told = first("location", "at");
        List<Place> places = told == null ? List.of() : Places.in(told);
        location = places.isEmpty() ? null : places.get(0);
    }

    static TapDiagnostics read(String yaml) {
        return new TapDiagnostics(yaml.lines().limit(MAX_LINES).toList());
    }

    /** Its message, or what was expected and what came; null if it tells neither. */
    String message() {
        String message = first("message", "error", "msg");
        String expected = first("expected", "wanted");
        String actual = first("actual", "found", "got");
        return message != null || expected == null || actual == null
                ? message
                : "expected " + expected + " but got " + actual;
    }

    String file() {
        String file = first("file", "at.file", "at.fileName");
        return file == null && location != null ? location.file() : file;
    }

    Integer line() {
        long line = LineTally.count(first("line", "at.line", "at.lineNumber"));
        if (line > 0 && line <= Integer.MAX_VALUE) {
            return (int) line;
        }
        return location == null ? null : location.line();
    }

    double seconds() {
        return Seconds.parse(values.get("duration_ms")) / 1000;
    }

    /** As Node's runner marks what only groups tests. */
    boolean isSuite() {
        return "suite".equals(values.get("type"));
    }

    /** As Node's runner marks what failed by nothing of its own. */
    boolean onlySubtestsFailed() {
        return "subtestsFailed".equals(values.get("failureType"));
    }

    private String first(String... names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static int endOfBlock(List<String> lines, int from, int indent) {
        int end = from;
        while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) > indent)) {
            end++;
        }
        return end;
    }

    static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private static String unquoted(String value) {
        boolean single = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        boolean twice = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        if (!single && !twice) {
            return value;
        }
        String inside = value.substring(1, value.length() - 1);
        return single ? inside.replace("''", "'") : inside.replace("\\\"", "\"").replace("\\n", "\n");
    }
}

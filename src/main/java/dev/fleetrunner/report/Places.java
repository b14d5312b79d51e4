package dev.fleetrunner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the lines of files that a text names, in one pass that looks at each character a few times at most:
 * {@code path.py:31}, {@code path.js:31:5}, {@code at a.b.C.m(C.java:31)}, {@code File "path.py", line 31},
 * {@code at path.t line 31}, {@code in test file path.bats, line 31}.
 */
final class Places {
    private static final int MAX = 500;
    private static final int MAX_PATH = 1000;
    private static final int MAX_DIGITS = 7;
    private static final String LINE = " line ";
    private static final String NO_PATH = " \t\n\"'`()[]{}<>,;|=*?!";
    private static final Set<String> ON_THE_JVM = Set.of("java", "kt", "kts", "scala", "groovy");
    private static final Set<String> SOURCES = Set.of(
            "java", "kt", "kts", "scala", "groovy", "clj", "py", "pyx", "go", "rs", "c", "cc", "cpp", "cxx", "c++", "h",
            "hh", "hpp", "hxx", "m", "mm", "swift", "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue",
            "svelte", "rb", "php", "cs", "fs", "vb", "ex", "exs", "erl", "hs", "ml", "nim", "zig", "dart", "lua", "pl",
            "pm", "t", "r", "R", "jl", "sh", "bash", "bats", "sql", "feature");

    private final String text;
    private final List<Place> found = new ArrayList<>();

    private Places(String text) {
        this.text = text;
    }

    /** In the order of the text; the first 500. */
    static List<Place> in(String text) {
        Places places = new Places(text);
        for (int at = 1; at + 1 < text.length() && places.found.size() < MAX; at++) {
            char c = text.charAt(at);
            if (c == ':' && digit(text.charAt(at + 1))) {
                places.afterColon(at);
            } else if (c == ' ' && text.startsWith(LINE, at)) {
                places.afterWord(at);
            }
        }
        return places.found;
    }

    private void afterColon(int colon) {
        int from = startOfPath(colon);
        String file = text.substring(from, colon);
        Integer line = number(colon + 1);
        int dot = file.lastIndexOf('.');
        String extension = file.substring(dot + 1);
        boolean named = dot > 0 && "/\\".indexOf(file.charAt(dot - 1)) < 0;
        if (line == null || !named || !SOURCES.contains(extension)) {
            return;
        }
        if (ON_THE_JVM.contains(extension) && from > 1 && text.charAt(from - 1) == '(') {
            frame(file, line, from - 1);
        } else {
            found.add(new Place(file, line, null, pythonic(file) && endsLine(colon)));
        }
    }

    /** {@code at a.b.C.m(C.java:31)}, perhaps with {@code app//} or {@code module@1/} in front. */
    private void frame(String file, int line, int parenthesis) {
        int from = parenthesis;
        while (from > 0 && parenthesis - from < MAX_PATH && !blank(text.charAt(from - 1))) {
            from--;
        }
        String method = text.substring(from, parenthesis);
        method = method.substring(method.lastIndexOf('/') + 1);
        int end = method.lastIndexOf('.');
        String scope = end < 0 ? null : method.substring(0, end);
        int ofPackage = scope == null ? -1 : scope.lastIndexOf('.');
        String path = ofPackage < 0 ? file : scope.substring(0, ofPackage).replace('.', '/') + "/" + file;
        found.add(new Place(path, line, scope, false));
    }

    private void afterWord(int at) {
        Integer line = number(at + LINE.length());
        boolean comma = text.charAt(at - 1) == ',';
        int end = comma ? at - 1 : at;
        if (line == null || end == 0) {
            return;
        }
        if (comma && text.charAt(end - 1) == '"') {
            int quote = text.lastIndexOf('"', end - 2);
            if (quote >= 0 && end - quote < MAX_PATH && text.lastIndexOf('\n', end) < quote) {
                found.add(new Place(text.substring(quote + 1, end - 1), line, null, true));
            }
            return;
        }
        int from = startOfPath(end);
        boolean named = precededBy("at ", from) || precededBy("file ", from);
        if (named && from < end && text.substring(from, end).matches("\\S*[./]\\S*")) {
            found.add(new Place(text.substring(from, end), line, null, false));
        }
    }

    private boolean precededBy(String word, int at) {
        return text.startsWith(word, at - word.length());
    }

    private int startOfPath(int end) {
        int from = end;
        while (from > 0 && end - from < MAX_PATH && inPath(from - 1)) {
            from--;
        }
        if (text.startsWith("//", from) && precededBy("file:", from)) {
            return from + 2;
        }
        return from;
    }

    private boolean inPath(int at) {
        char c = text.charAt(at);
        boolean drive = c == ':'
                && at > 0
                && Character.isLetter(text.charAt(at - 1))
                && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)))
                && (text.charAt(at + 1) == '\\' || text.charAt(at + 1) == '/');
        return drive || c != ':' && NO_PATH.indexOf(c) < 0;
    }

    /** The digits from there on; null if there are none, too many, or only zeros. */
    private Integer number(int from) {
        int end = from;
        while (end < text.length() && end - from <= MAX_DIGITS && digit(text.charAt(end))) {
            end++;
        }
        int number = end == from || end - from > MAX_DIGITS ? 0 : Integer.parseInt(text.substring(from, end));
        return number == 0 ? null : number;
    }

    /** pytest writes {@code path.py:31: AssertionError} and {@code path.py:31: in test}, the innermost call last. */
    private static boolean pythonic(String file) {
        return file.endsWith(".py") || file.endsWith(".pyx");
    }

    private boolean endsLine(int colon) {
        int before = startOfPath(colon);
        return before == 0 || text.charAt(before - 1) == '\n';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }
}

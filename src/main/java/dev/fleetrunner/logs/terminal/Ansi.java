package dev.fleetrunner.logs.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes one line of terminal output readable: colours and weights become styles, other escape sequences are dropped,
 * and what is left of control characters is made visible. No text can hide: there is no background colour, no
 * overwriting and no reordering. Every line begins in the plain style.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48</a>
 */
public final class Ansi {
    private static final char ESCAPE = 0x1b;
    private static final char BELL = 0x07;
    private static final char DELETE = 0x7f;
    private static final char C1_CSI = 0x9b;
    private static final char C1_STRING_END = 0x9c;
    /** Begin a string: DCS, SOS, OSC, PM, APC. */
    private static final String C1_STRINGS = "\u0090\u0098\u009d\u009e\u009f";

    private static final String ESCAPED_STRINGS = "PX]^_";
    /** Turn the order of the text around it. */
    private static final String REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** Caret notation: ^M for a carriage return, ^? for delete. */
    private static final int CARET = 0x40;

    private final String line;
    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final TextStyle style = new TextStyle();
    private int at;

    private Ansi(String line) {
        this.line = line;
    }

    /**
     * Text in one style.
     *
     * @param style names of CSS classes, from a closed list, separated by spaces; empty for plain text
     */
    public record Run(String style, String text) {}

    /** The line in runs of one style each; none of them is empty. */
    public static List<Run> runs(String line) {
        return new Ansi(line).parse();
    }

    /** What is shown of the line, without its styles. */
    public static String text(String line) {
        if (line.chars().noneMatch(Ansi::special)) {
            return line;
        }
        StringBuilder text = new StringBuilder();
        runs(line).forEach(run -> text.append(run.text()));
        return text.toString();
    }

    private static boolean special(int c) {
        return c < 0x20 && c != '\t' || c >= DELETE && c < 0xa0 || REORDERING.indexOf(c) >= 0;
    }

    private List<Run> parse() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == ESCAPE) {
                escape();
            } else if (c == C1_CSI) {
                control();
            } else if (C1_STRINGS.indexOf(c) >= 0) {
                string();
            } else if (c != '\r' || at != line.length()) {
                visible(c);
            }
        }
        cut();
        return List.copyOf(runs);
    }

    private void escape() {
        char next = at < line.length() ? line.charAt(at) : 0;
        if (next == '[') {
            at++;
            control();
        } else if (next != 0 && ESCAPED_STRINGS.indexOf(next) >= 0) {
            at++;
            string();
        } else {
            skip(0x20, 0x2f);
            skipOne(0x30, 0x7e);
        }
    }

    /** A control sequence: parameters, intermediates, and a final character that says what it does. */
    private void control() {
        int start = at;
        skip(0x30, 0x3f);
        String parameters = line.substring(start, at);
        boolean plain = !skip(0x20, 0x2f);
        if (skipOne(0x40, 0x7e) && plain && line.charAt(at - 1) == 'm') {
            cut();
            style.apply(parameters);
        }
    }

    /** A string for the terminal itself, such as a window title. One without an end must not swallow the line. */
    private void string() {
        for (int i = at; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean twoCharacters = c == ESCAPE && i + 1 < line.length() && line.charAt(i + 1) == '\\';
            if (c == BELL || c == C1_STRING_END || twoCharacters) {
                at = i + (twoCharacters ? 2 : 1);
                return;
            }
        }
    }

    private boolean skip(int first, int last) {
        boolean any = false;
        while (skipOne(first, last)) {
            any = true;
        }
        return any;
    }

    private boolean skipOne(int first, int last) {
        boolean fits = at < line.length() && line.charAt(at) >= first && line.charAt(at) <= last;
        at += fits ? 1 : 0;
        return fits;
    }

    private void visible(char c) {
        if (c == DELETE || c < 0x20 && c != '\t') {
            text.append('^').append((char) (c ^ CARET));
        } else if (c > DELETE && c < 0xa0 || REORDERING.indexOf(c) >= 0) {
            text.append(String.format("<U+%04X>", (int) c));
        } else {
            text.append(c);
        }
    }

    private void cut() {
        if (!text.isEmpty()) {
            runs.add(new Run(style.classes(), text.toString()));
            text.setLength(0);
        }
    }
}

package dev.fleetrunner.console.submit;

import java.util.List;

/**
 * A field of the form.
 *
 * @param name its place in the spec, with dots; of a row's cell, its name in the row
 * @param choices what can be chosen; empty for what is typed
 */
record Field(String name, String label, Kind kind, List<Choice> choices) {

    /** How it is typed in, and what it becomes. */
    enum Kind {
        LINE,
        NUMBER,
        TEXT,
        LINES,
        CHOICE,
        SWITCH;

        /** Whether a browser keeps ends of lines in it. */
        boolean manyLines() {
            return this == TEXT || this == LINES;
        }
    }

    /** What can be chosen. */
    record Choice(String value, String words) {}

    static Field of(Kind kind, String name, String label) {
        return new Field(name, label, kind, List.of());
    }

    static Field choice(String name, String label, Choice... choices) {
        return new Field(name, label, Kind.CHOICE, List.of(choices));
    }

    /** Whether it tells by itself that somebody has filled in its row. */
    boolean typed() {
        return kind != Kind.CHOICE && kind != Kind.SWITCH;
    }

    /** What a browser hands in of this text: the ends of lines as in Unix, or none; no blanks around one line. */
    String handedIn(String text) {
        String unix = text.replace("\r\n", "\n").replace('\r', '\n');
        return kind.manyLines() ? unix : unix.replace("\n", "").strip();
    }
}

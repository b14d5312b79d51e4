package dev.fleetrunner.console.submit;

import java.util.List;

/**
 * A field as the page shows it.
 *
 * @param id of the field, and its name in what is posted
 * @param kind line, number, text, choice or switch
 * @param usual what holds if it is left empty; empty for nothing
 * @param hint a sentence or two; empty for none
 * @param faults what is wrong with it
 */
record Control(
        String id,
        String label,
        String kind,
        String value,
        String usual,
        String hint,
        List<Option> options,
        List<String> faults) {

    /** What can be chosen. */
    record Option(String value, String words, boolean chosen) {}

    static Control of(Field field, String id, String value, String usual, String hint, List<String> faults) {
        List<Option> options = field.choices().stream()
                .map(choice -> new Option(
                        choice.value(), choice.words(), choice.value().equals(value)))
                .toList();
        String kind =
                switch (field.kind()) {
                    case LINE -> "line";
                    case NUMBER -> "number";
                    case TEXT, LINES -> "text";
                    case CHOICE -> "choice";
                    case SWITCH -> "switch";
                };
        return new Control(id, field.label(), kind, value, usual, hint, options, faults);
    }

    /** What describes it, by ids; public as templates ask for it. */
    public String describedBy() {
        return (hint.isEmpty() ? "" : id + "-hint ") + (faults.isEmpty() ? "" : id + "-fault");
    }

    /** How many lines a text has to begin with. */
    public int lines() {
        return id.equals(SpecForm.CMD) ? 5 : (int) Math.min(8, value.lines().count() + 1);
    }
}

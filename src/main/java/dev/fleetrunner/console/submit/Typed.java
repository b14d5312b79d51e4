package dev.fleetrunner.console.submit;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was typed into a form, by the names of its fields. */
record Typed(Map<String, String> values) {
    /** An empty form: most commands are scripts. */
    static final Typed NOTHING = new Typed(Map.of(SpecForm.BY.name(), SpecForm.SHELL));

    Typed {
        values = Map.copyOf(values);
    }

    /** What a browser posts; refused with {@code INVALID_REQUEST} if it is no form. */
    static Typed of(byte[] posted) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : new String(posted, StandardCharsets.US_ASCII).split("&")) {
            int end = pair.indexOf('=');
            if (end > 0) {
                values.put(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
            }
        }
        return new Typed(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.of(CauseCode.INVALID_REQUEST.because("the form is not encoded as browsers do it"));
        }
    }

    /** What is in a field; empty if there is no such field. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    String get(Field field) {
        return field.handedIn(get(field.name()));
    }

    String get(SpecForm.Rows rows, int row, String cell) {
        return rows.cell(cell)
                .map(known -> known.handedIn(get(rows.id(row, known))))
                .orElse("");
    }

    /** The rows that somebody has written something into, by their numbers in the form. */
    List<Integer> rows(SpecForm.Rows rows) {
        return numbers(rows).stream()
                .filter(row -> rows.cells().stream().filter(Field::typed).anyMatch(cell -> !get(rows, row, cell.name())
                        .isEmpty()))
                .toList();
    }

    private Set<Integer> numbers(SpecForm.Rows rows) {
        Pattern id = Pattern.compile(Pattern.quote(rows.name() + ".") + "(\\d{1,6})\\..*");
        return values.keySet().stream()
                .map(id::matcher)
                .filter(Matcher::matches)
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same without a row. */
    Typed without(SpecForm.Rows rows, int row) {
        Map<String, String> left = new LinkedHashMap<>(values);
        rows.cells().forEach(cell -> left.remove(rows.id(row, cell)));
        return new Typed(left);
    }
}

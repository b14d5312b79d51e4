package dev.fleetrunner.console.submit;

import dev.fleetrunner.console.submit.SpecForm.Part;
import dev.fleetrunner.console.submit.SpecForm.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The form with what was typed into it, and what is wrong with it at each field. */
final class FormView {
    /** Stands for a row's number where a script makes new ones. */
    static final String NEXT = "NEXT";

    private final Typed typed;
    private final String more;
    private final Map<String, List<String>> faults;

    /**
     * @param more the rows of which there are to be more; empty for none
     */
    FormView(Typed typed, String more, List<FaultLine> faults) {
        this.typed = typed;
        this.more = more;
        this.faults = faults.stream()
                .filter(fault -> fault.id() != null)
                .collect(Collectors.groupingBy(
                        FaultLine::id, Collectors.mapping(FaultLine::words, Collectors.toList())));
    }

    /**
     * Fields that belong together.
     *
     * @param folded whether it can be folded
     * @param open whether it is not folded now
     * @param rows null for none
     */
    record PartView(String id, String title, boolean folded, boolean open, RowsView rows, List<Control> fields) {}

    /**
     * Fields of which there may be any number.
     *
     * @param next the number of the next row
     * @param blank one for a script to copy
     */
    record RowsView(String name, String one, int next, List<RowView> rows, RowView blank) {}

    /** The fields of one row. */
    record RowView(String number, String title, List<Control> cells) {}

    List<PartView> parts() {
        return SpecForm.PARTS.stream().map(this::part).toList();
    }

    private PartView part(Part part) {
        RowsView rows = part.rows() == null ? null : rows(part.rows());
        List<Control> fields = part.fields().stream().map(this::control).toList();
        boolean used = fields.stream()
                        .anyMatch(field ->
                                !field.value().isEmpty() || !field.faults().isEmpty())
                || part.rows() != null
                        && (part.rows().name().equals(more)
                                || !typed.rows(part.rows()).isEmpty());
        return new PartView(part.id(), part.title(), part.folded(), used, rows, fields);
    }

    private Control control(Field field) {
        String id = field.name();
        String usual = id.equals("image") ? "the service's default image" : SpecSchema.usual(id);
        return Control.of(field, id, typed.get(field), usual, hint(field), faults.getOrDefault(id, List.of()));
    }

    private static String hint(Field field) {
        if (field.name().equals(SpecForm.CMD)) {
            return "A script for the shell that is chosen; without a shell the program and its arguments, one a line.";
        }
        String words = field == SpecForm.BY ? "" : SpecSchema.description(field.name());
        return field.kind() == Field.Kind.LINES ? words + " One a line." : words;
    }

    private RowsView rows(Rows rows) {
        List<Integer> numbers = new ArrayList<>(typed.rows(rows));
        int next = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1) + 1;
        int blanks = rows.name().equals(more) ? 3 : numbers.isEmpty() ? 1 : 0;
        for (int i = 0; i < blanks; i++) {
            numbers.add(next++);
        }
        return new RowsView(
                rows.name(),
                rows.one(),
                next,
                numbers.stream()
                        .map(number -> row(rows, Integer.toString(number), number + 1 + ""))
                        .toList(),
                row(rows, NEXT, NEXT));
    }

    private RowView row(Rows rows, String number, String shown) {
        List<Control> cells = rows.cells().stream()
                .map(cell -> {
                    String id = rows.name() + "." + number + "." + cell.name();
                    String value = cell.handedIn(typed.get(id));
                    return Control.of(cell, id, value, "", "", faults.getOrDefault(id, List.of()));
                })
                .toList();
        return new RowView(number, rows.one() + " " + shown, cells);
    }
}

package dev.fleetrunner.console.submit;

import dev.fleetrunner.console.submit.SpecForm.Rows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the field of the form that a JSON pointer means. */
final class FaultPlaces {
    private final Typed typed;

    FaultPlaces(Typed typed) {
        this.typed = typed;
    }

    /** The field's id; nothing if the pointer means no field that is shown. */
    Optional<String> of(String pointer) {
        List<String> path = Stream.of(pointer.split("/"))
                .skip(1)
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String dotted = String.join(".", path);
        return SpecForm.rows().stream()
                .filter(rows -> (dotted + ".").startsWith(rows.name() + "."))
                .findFirst()
                .map(rows -> row(rows, path.subList(rows.name().split("\\.").length, path.size())))
                .or(() -> field(dotted));
    }

    private String row(Rows rows, List<String> path) {
        List<Integer> numbers = typed.rows(rows);
        String name = path.isEmpty() ? "" : path.get(0);
        boolean named = rows == SpecForm.ENV || rows == SpecForm.LABELS;
        int row = numbers.stream()
                .filter(number -> named
                        ? typed.get(rows, number, "name").equals(name)
                        : Integer.toString(numbers.indexOf(number)).equals(name))
                .findFirst()
                .orElse(0);
        Field first = rows.cells().get(0);
        Field cell = path.size() < 2
                ? first
                : rows.cell(named ? "value" : path.get(1))
                        .orElse(rows.cell("value").orElse(first));
        return rows.id(row, cell);
    }

    /** The field, or the one that it is in; for a whole section its first. */
    private static Optional<String> field(String dotted) {
        List<String> names = SpecForm.fields().stream().map(Field::name).toList();
        return names.stream()
                .filter(name -> (dotted + ".").startsWith(name + ".") && !name.equals(SpecForm.BY.name()))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> name.startsWith(dotted + "."))
                        .findFirst());
    }

    /** What a field is called, with the row that it is in. */
    static String label(String id) {
        for (Rows rows : SpecForm.rows()) {
            if (id.startsWith(rows.name() + ".")) {
                String[] rest = id.substring(rows.name().length() + 1).split("\\.", 2);
                String cell = rows.cell(rest[1]).map(Field::label).orElse("");
                return rows.one() + " " + (Integer.parseInt(rest[0]) + 1) + ", " + cell;
            }
        }
        return SpecForm.fields().stream()
                .filter(field -> field.name().equals(id))
                .map(Field::label)
                .findFirst()
                .orElse(id);
    }
}

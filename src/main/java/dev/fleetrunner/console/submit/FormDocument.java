package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.console.submit.Pairs.Pair;
import dev.fleetrunner.console.submit.SpecForm.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes a spec from the form, whatever was typed: what is wrong with it the reader says. What is empty is left out. */
final class FormDocument {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,9})?");
    private static final String TRUE = "true";

    private final Typed typed;

    private FormDocument(Typed typed) {
        this.typed = typed;
    }

    /** The spec, its fields in the order of the contract. */
    static ObjectNode of(Typed typed) {
        ObjectNode tree = new FormDocument(typed).tree();
        ObjectNode ordered = NODES.objectNode();
        SpecSchema.NAMES.stream().filter(tree::has).forEach(name -> ordered.set(name, tree.get(name)));
        return ordered;
    }

    private ObjectNode tree() {
        ObjectNode tree = NODES.objectNode();
        for (Field field : SpecForm.fields()) {
            value(field).ifPresent(value -> put(tree, field.name(), value));
        }
        for (Rows rows : SpecForm.rows()) {
            if (!typed.rows(rows).isEmpty()) {
                put(tree, rows.name(), value(rows));
            }
        }
        return tree;
    }

    private static void put(ObjectNode tree, String name, JsonNode value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            tree.set(name, value);
        } else {
            tree.withObjectProperty(name.substring(0, dot)).set(name.substring(dot + 1), value);
        }
    }

    private Optional<JsonNode> value(Field field) {
        if (field == SpecForm.BY) {
            return Optional.empty();
        }
        String text = typed.get(field);
        if (field.name().equals(SpecForm.CMD)) {
            return CommandField.document(typed.get(SpecForm.BY), text);
        }
        return text.isEmpty() ? Optional.empty() : value(field.kind(), text);
    }

    private static Optional<JsonNode> value(Field.Kind kind, String text) {
        return switch (kind) {
            case NUMBER ->
                Optional.of(
                        NUMBER.matcher(text).matches() ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text));
            case SWITCH -> text.equals(TRUE) ? Optional.of(NODES.booleanNode(true)) : Optional.empty();
            case LINES -> {
                ArrayNode lines = NODES.arrayNode();
                text.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
                yield lines.isEmpty() ? Optional.empty() : Optional.of(lines);
            }
            default -> Optional.of(NODES.textNode(text));
        };
    }

    private JsonNode value(Rows rows) {
        if (rows == SpecForm.MOUNTS) {
            return array(rows, this::mount);
        }
        if (rows == SpecForm.HYDRATION) {
            return array(
                    rows, row -> NODES.objectNode().put(typed.get(rows, row, "kind"), typed.get(rows, row, "value")));
        }
        List<Pair> pairs = new ArrayList<>();
        typed.rows(rows).forEach(row -> pairs.add(new Pair(typed.get(rows, row, "name"), held(rows, row))));
        return NODES.pojoNode(new Pairs(pairs));
    }

    private ArrayNode array(Rows rows, java.util.function.IntFunction<JsonNode> one) {
        ArrayNode array = NODES.arrayNode();
        typed.rows(rows).forEach(row -> array.add(one.apply(row)));
        return array;
    }

    private JsonNode mount(int row) {
        ObjectNode mount = NODES.objectNode();
        for (Field cell : SpecForm.MOUNTS.cells()) {
            String text = typed.get(SpecForm.MOUNTS, row, cell.name());
            if (!text.isEmpty()) {
                value(cell.kind(), text).ifPresent(value -> mount.set(cell.name(), value));
            }
        }
        return mount;
    }

    private JsonNode held(Rows rows, int row) {
        String value = typed.get(rows, row, "value");
        String as = typed.get(rows, row, "as");
        if (as.isEmpty()) {
            return NODES.textNode(value);
        }
        return NODES.objectNode().put("secretRef", value).put("as", as);
    }
}

package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.console.submit.SpecForm.Rows;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fills the form from a spec. What the form has no place for is lost: {@link Fit} finds that out. */
final class FormFilling {
    private final Map<String, String> values = new LinkedHashMap<>();

    private FormFilling() {}

    static Typed of(ObjectNode spec) {
        var filling = new FormFilling();
        filling.fill(spec);
        return new Typed(filling.values);
    }

    private void fill(ObjectNode spec) {
        for (Field field : SpecForm.fields()) {
            if (field.name().equals(SpecForm.CMD)) {
                values.put(SpecForm.BY.name(), SpecForm.SHELL);
                if (spec.has(SpecForm.CMD)) {
                    CommandField.fill(spec.get(SpecForm.CMD), values);
                }
            } else if (field != SpecForm.BY) {
                put(field.name(), field, at(spec, field.name()));
            }
        }
        rows(SpecForm.MOUNTS, at(spec, SpecForm.MOUNTS.name()));
        pairs(SpecForm.ENV, at(spec, SpecForm.ENV.name()));
        pairs(SpecForm.LABELS, at(spec, SpecForm.LABELS.name()));
        hydration(at(spec, SpecForm.HYDRATION.name()));
    }

    private static JsonNode at(JsonNode spec, String name) {
        return spec.at("/" + name.replace('.', '/'));
    }

    private void put(String id, Field field, JsonNode value) {
        if (value.isArray()) {
            StringBuilder lines = new StringBuilder();
            value.forEach(line -> lines.append(lines.isEmpty() ? "" : "\n").append(line.asText()));
            values.put(id, field.handedIn(lines.toString()));
        } else if (value.isValueNode()) {
            values.put(id, field.handedIn(value.asText()));
        }
    }

    private void put(Rows rows, int row, String cell, JsonNode value) {
        rows.cell(cell).ifPresent(known -> put(rows.id(row, known), known, value));
    }

    private void rows(Rows rows, JsonNode list) {
        for (int row = 0; row < list.size(); row++) {
            JsonNode fields = list.path(row);
            for (Field cell : rows.cells()) {
                put(rows, row, cell.name(), fields.path(cell.name()));
            }
        }
    }

    private void pairs(Rows rows, JsonNode object) {
        int row = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            values.put(rows.name() + "." + row + ".name", entry.getKey());
            JsonNode value = entry.getValue();
            if (value.has("secretRef")) {
                put(rows, row, "value", value.get("secretRef"));
                values.put(rows.name() + "." + row + ".as", value.path("as").asText("file"));
            } else {
                put(rows, row, "value", value);
            }
            row++;
        }
    }

    private void hydration(JsonNode list) {
        for (int row = 0; row < list.size(); row++) {
            for (Map.Entry<String, JsonNode> source : list.path(row).properties()) {
                values.put(SpecForm.HYDRATION.name() + "." + row + ".kind", source.getKey());
                put(SpecForm.HYDRATION, row, "value", source.getValue());
            }
        }
    }
}

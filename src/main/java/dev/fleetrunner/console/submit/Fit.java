package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Whether the form can show a spec without losing any of it. */
final class Fit {
    private Fit() {}

    /** What the form shows of it; nothing if that would not be all. */
    static Optional<Typed> of(ObjectNode spec) {
        Typed typed = FormFilling.of(spec);
        return JsonText.tree(JsonText.pretty(FormDocument.of(typed)))
                .filter(written -> plain(written).equals(plain(spec)))
                .map(written -> typed);
    }

    /**
     * Without what says nothing: lists and objects that are empty, what is false, the usual way of a secret. An empty
     * {@code network} does say something: it names the default.
     */
    private static JsonNode plain(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode plain = object.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = plain(field.getValue());
            boolean empty = value.isContainerNode()
                    && value.isEmpty()
                    && !field.getKey().equals("network");
            boolean no = value.isBoolean() && !value.booleanValue();
            boolean file = field.getKey().equals("as") && value.asText().equals("file");
            if (!empty && !no && !file) {
                plain.set(field.getKey(), value);
            }
        }
        return plain;
    }
}

package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object with known fields. A reader asks for each field by name and gets its value or its default; what nobody
 * asked for is unknown, and {@link #refuseOthers()} says so.
 */
public final class Fields {
    private final ObjectNode object;
    private final Pointer at;
    private final Faults faults;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(ObjectNode object, Pointer at, Faults faults) {
        this.object = object;
        this.at = at;
        this.faults = faults;
    }

    /** The value of a field, if the document has it. */
    public Optional<Value> find(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        return node == null ? Optional.empty() : Optional.of(new Value(node, at.child(name), faults));
    }

    /** The value of a field that has no default. */
    public Optional<Value> require(String name, String remedy) {
        Optional<Value> found = find(name);
        if (found.isEmpty()) {
            faults.add(at.child(name), "is missing", remedy);
        }
        return found;
    }

    /** A whole number in a range, or the fallback. */
    public int integer(String name, int min, int max, int fallback) {
        return find(name).flatMap(value -> value.integer(min, max)).orElse(fallback);
    }

    /** A truth value, or the fallback. */
    public boolean flag(String name, boolean fallback) {
        return find(name).flatMap(Value::flag).orElse(fallback);
    }

    String text(String name, Shape shape, String fallback) {
        return find(name).flatMap(value -> value.text(shape)).orElse(fallback);
    }

    /** A text that is not empty, or null. */
    String textOrNull(String name, int max) {
        return find(name).flatMap(value -> value.filled(max)).orElse(null);
    }

    /** The items of a list of at most so many; none if the document has none. */
    public List<Value> items(String name, int max) {
        return find(name).map(value -> value.items(max)).orElse(List.of());
    }

    /** The fields of an object; of an empty one if the document has none. */
    public Fields fields(String name) {
        return find(name)
                .flatMap(Value::fields)
                .orElseGet(() -> new Fields(JsonNodeFactory.instance.objectNode(), at.child(name), faults));
    }

    /** Notes a fault for every field that nobody asked for. */
    public void refuseOthers() {
        if (faults.unknownAllowed()) {
            return;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                faults.add(at.child(name), "unknown field", () -> faults.suggestion(name, at, asked));
            }
        });
    }
}

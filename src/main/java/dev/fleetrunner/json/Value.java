package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One value of a document: read as a type, it is that or nothing and a fault. */
public record Value(JsonNode node, Pointer at, Faults faults) {

    /** Notes what is wrong here; always nothing. */
    public <T> Optional<T> fault(String message, String remedy) {
        faults.add(at, message, remedy);
        return Optional.empty();
    }

    /** Any text of at most so many characters that a process could be given. */
    public Optional<String> text(int max) {
        if (!node.isTextual()) {
            return mistyped("a string", node.isNumber() || node.isBoolean() ? "quote it" : "write a string in quotes");
        }
        String text = node.textValue();
        if (text.length() > max) {
            return fault("is " + text.length() + " characters long", "keep it within " + max + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            return fault("contains a NUL character", "leave \\u0000 out");
        }
        if (!Unicode.whole(text)) {
            return fault("contains half a Unicode character", "write both halves of the surrogate pair");
        }
        return Optional.of(text);
    }

    /** A text that is not empty. */
    public Optional<String> filled(int max) {
        return text(max)
                .flatMap(text -> text.isEmpty()
                        ? fault("must not be empty", "give it a value or leave it out")
                        : Optional.of(text));
    }

    /** A text of a shape. */
    public Optional<String> text(Shape shape) {
        return text(shape.max())
                .flatMap(text -> shape.fits(text) ? Optional.of(text) : fault("must be " + shape.is(), shape.remedy()));
    }

    /** One of a few words. */
    public Optional<String> oneOf(Collection<String> words) {
        if (node.isTextual() && words.contains(node.textValue())) {
            return Optional.of(node.textValue());
        }
        return fault("must be one of " + String.join(", ", words), "choose one of them, in quotes");
    }

    /** A whole number in a range; {@code 10.0} is one too, as in JSON Schema. */
    public Optional<Integer> integer(int min, int max) {
        if (!node.isNumber()) {
            return mistyped("a whole number", "write a number without quotes, from " + min + " to " + max);
        }
        BigDecimal number = node.decimalValue();
        boolean within =
                number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0;
        if (!within || number.stripTrailingZeros().scale() > 0) {
            return fault("must be a whole number from " + min + " to " + max, "choose a number in that range");
        }
        return Optional.of(number.intValueExact());
    }

    /** A truth value. */
    public Optional<Boolean> flag() {
        return node.isBoolean()
                ? Optional.of(node.booleanValue())
                : mistyped("true or false", "write true or false without quotes");
    }

    /** An object with known fields. */
    public Optional<Fields> fields() {
        return node instanceof ObjectNode object
                ? Optional.of(new Fields(object, at, faults))
                : mistyped("an object", "write {…}");
    }

    /** An object whose field names are the caller's own. */
    public List<Entry> entries(int max) {
        if (!node.isObject()) {
            mistyped("an object", "write {\"NAME\": …}");
            return List.of();
        }
        if (tooMany(max)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        node.properties()
                .forEach(field -> entries.add(
                        new Entry(field.getKey(), new Value(field.getValue(), at.child(field.getKey()), faults))));
        return entries;
    }

    /** An array. */
    public List<Value> items(int max) {
        if (!node.isArray()) {
            mistyped("a list", "write […]");
            return List.of();
        }
        if (tooMany(max)) {
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(new Value(item, at.child(items.size()), faults));
        }
        return items;
    }

    private boolean tooMany(int max) {
        if (node.size() > max) {
            fault("has " + node.size() + " entries", "keep it within " + max + " entries");
        }
        return node.size() > max;
    }

    private <T> Optional<T> mistyped(String expected, String remedy) {
        return node.isNull()
                ? fault("must not be null", "leave it out, or write " + expected)
                : fault("must be " + expected, remedy);
    }

    /** A field with a name of the caller's. */
    public record Entry(String name, Value value) {}
}

package dev.fleetrunner.mcp.answer;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer while it is made: both its forms grow together. */
final class Parts {
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** A field that is left out where nothing is known. */
    Parts field(String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    /** A line of the text. */
    Parts line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Text that has its own newlines. */
    Parts block(String lines) {
        text.append(lines);
        return this;
    }

    /** How many bytes the longer one of both forms takes. */
    int size() {
        return Math.max(JsonLength.of(json), JsonLength.of((Object) text.toString()));
    }

    Answer answer() {
        return new Answer(text.toString(), json);
    }
}

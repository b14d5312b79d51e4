package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.List;

/** An object as it was typed, a name that comes twice with it: it is the reader who refuses that. */
record Pairs(List<Pair> pairs) implements JsonSerializable {
    /** One field. */
    record Pair(String name, JsonNode value) {}

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeStartObject();
        for (Pair pair : pairs) {
            out.writeFieldName(pair.name());
            out.writeTree(pair.value());
        }
        out.writeEndObject();
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(out, provider);
    }
}

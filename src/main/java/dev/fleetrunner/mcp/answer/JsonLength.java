package dev.fleetrunner.mcp.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** How many bytes something takes as JSON in UTF-8. */
final class JsonLength {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";

    private JsonLength() {}

    /** Of a value made of maps, lists, text, numbers and truth values. */
    static int of(Object value) {
        try {
            // As bytes, Jackson would write characters beyond the basic plane in escapes.
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    /** Of a character, escapes included. */
    static int of(int codePoint) {
        if (SHORT_ESCAPES.indexOf(codePoint) >= 0) {
            return 2;
        }
        if (codePoint < ' ') {
            return 6;
        }
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Of a text without its quotes. */
    static int ofText(String text) {
        return text.codePoints().map(JsonLength::of).sum();
    }
}

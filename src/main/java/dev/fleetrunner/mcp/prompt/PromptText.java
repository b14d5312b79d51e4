package dev.fleetrunner.mcp.prompt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A prompt: {@code mcp/prompts/NAME.json}.
 *
 * @param text lines, with {@code {name}} where the argument of that name goes
 */
record PromptText(String title, String description, List<Argument> arguments, List<String> text) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * An argument.
     *
     * @param usual what stands for it if it is left out; null if it must be given
     */
    record Argument(String name, String description, boolean required, @JsonProperty("default") String usual) {}

    static PromptText of(String name) {
        try (InputStream in =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("mcp/prompts/" + name + ".json")) {
            return MAPPER.readValue(in, PromptText.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The text with these arguments in it. */
    String with(Map<String, String> given) {
        String whole = String.join("\n", text);
        for (Argument argument : arguments) {
            whole = whole.replace(
                    "{" + argument.name() + "}", given.getOrDefault(argument.name(), String.valueOf(argument.usual())));
        }
        return whole;
    }
}

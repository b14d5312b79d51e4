package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command: a script for a shell, or a program and its arguments, one a line. */
final class CommandField {
    private CommandField() {}

    /** As the spec has it; nothing if nothing was typed. */
    static Optional<JsonNode> document(String by, String text) {
        ArrayNode cmd = JsonNodeFactory.instance.arrayNode();
        if (by.isEmpty()) {
            text.lines().filter(line -> !line.isEmpty()).forEach(cmd::add);
        } else if (!text.isBlank()) {
            List.of(by.split(" ")).forEach(cmd::add);
            cmd.add(text);
        }
        return cmd.isEmpty() ? Optional.empty() : Optional.of(cmd);
    }

    /** As the form has it. */
    static void fill(JsonNode cmd, Map<String, String> values) {
        List<String> words = new ArrayList<>();
        cmd.forEach(word -> words.add(word.asText()));
        String by = words.size() == 3 ? words.get(0) + " " + words.get(1) : "";
        boolean shell = SpecForm.BY.choices().stream()
                .anyMatch(choice -> !by.isEmpty() && choice.value().equals(by));
        values.put(SpecForm.BY.name(), shell ? by : "");
        values.put(SpecForm.CMD, shell ? words.get(2) : String.join("\n", words));
    }
}

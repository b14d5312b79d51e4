package dev.fleetrunner.mcp.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The call that gets what an answer left out, or goes on with the job, ready to be made.
 *
 * @param why what it is good for
 */
public record Handle(String why, String tool, Map<String, Object> arguments) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A call for a task with one argument more. */
    public static Handle of(String why, String tool, String taskId, String name, Object value) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("task_id", taskId);
        arguments.put(name, value);
        return new Handle(why, tool, arguments);
    }

    /** A call for a task. */
    public static Handle of(String why, String tool, String taskId) {
        return new Handle(why, tool, Map.of("task_id", taskId));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("why", why);
        json.put("tool", tool);
        json.put("arguments", arguments);
        return json;
    }

    /** The call in one line. */
    String call() {
        try {
            return tool + " " + MAPPER.writeValueAsString(arguments);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}

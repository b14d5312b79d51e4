package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By what a task's own things are known: labels, and a prefix of every name, so that two tasks may both have a network
 * {@code test-net}. The task sees neither.
 */
final class Marks {
    static final String PREFIX = "fleetrunner.";
    static final String PORTS = PREFIX + "ports";
    /** The image as the task called it. */
    static final String IMAGE = PREFIX + "image";

    static final String SHARE = PREFIX + "share";
    /** The network of containers that name none. */
    static final String DEFAULT_NETWORK = "bridge";

    private static final String TASK = PREFIX + "task";
    private static final String INSTANCE = PREFIX + "instance";
    private static final String ROLE = PREFIX + "role";
    private static final String CHILD = "child";

    private final String instance;
    private final String taskId;

    Marks(String instance, String taskId) {
        this.instance = instance;
        this.taskId = taskId;
    }

    /** The engine's name of what the task calls so. */
    String real(String name) {
        return prefix() + name;
    }

    private String prefix() {
        return "fleetrunner-" + taskId + ".";
    }

    /** A text of the engine as the task is to see it. */
    String shown(String text) {
        return text.replace(prefix(), "");
    }

    /** The labels of something new: the task's own wishes, and ours. */
    Map<String, String> labels(JsonNode wished) {
        Map<String, String> labels = new LinkedHashMap<>();
        wished.properties().forEach(each -> {
            if (each.getKey().startsWith(PREFIX)) {
                throw Refusal.forbidden("labels that begin with " + PREFIX + " are the runner's own; name "
                        + each.getKey() + " differently");
            }
            labels.put(each.getKey(), each.getValue().asText());
        });
        labels.put(TASK, taskId);
        labels.put(INSTANCE, instance);
        labels.put(ROLE, CHILD);
        return labels;
    }

    /** Whether something bears the task's labels. */
    boolean own(JsonNode labels) {
        return labels.path(TASK).asText().equals(taskId)
                && labels.path(INSTANCE).asText().equals(instance)
                && labels.path(ROLE).asText().equals(CHILD);
    }

    /** The labels that the engine is asked for. */
    List<String> filter() {
        return List.of(TASK + "=" + taskId, INSTANCE + "=" + instance, ROLE + "=" + CHILD);
    }

    /** A filter as a query's value. */
    String filters() {
        return Call.encode(new String(Json.bytes(Map.of("label", filter())), java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Takes our labels out of an object's. */
    static void hide(JsonNode labels) {
        if (labels instanceof ObjectNode object) {
            List<String> ours = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (name.startsWith(PREFIX)) {
                    ours.add(name);
                }
            });
            object.remove(ours);
        }
    }
}

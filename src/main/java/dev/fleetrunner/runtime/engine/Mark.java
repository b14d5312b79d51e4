package dev.fleetrunner.runtime.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How our containers on one engine are told from others'.
 *
 * @param instance the runner's instance
 * @param more labels that tell which runtime looks after them
 */
record Mark(String instance, Map<String, String> more) {

    /** The labels of a task's container. */
    Map<String, String> labels(String task, String role) {
        Map<String, String> labels = new LinkedHashMap<>(more);
        labels.put(Names.LABEL_TASK, task);
        labels.put(Names.LABEL_INSTANCE, instance);
        labels.put(Names.LABEL_ROLE, role);
        return labels;
    }
}

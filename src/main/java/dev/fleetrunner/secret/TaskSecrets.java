package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
import java.util.Map;

/**
 * The secrets of one task, as long as it runs.
 *
 * @param values by their names
 * @param masking what keeps them out of what the task leaves behind
 */
public record TaskSecrets(Map<String, SecretValue> values, Masking masking) {
    /** Of a task without any. */
    public static final TaskSecrets NONE = new TaskSecrets(Map.of(), Masking.NONE);

    public TaskSecrets {
        values = Map.copyOf(values);
    }
}

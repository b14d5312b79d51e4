package dev.fleetrunner.runtime.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What {@code fleet-init} says at the end of a container's standard error; its source describes the format. Numbers that
 * it does not know are null.
 *
 * @param execError the errno of a command that could not be executed, 0 otherwise
 * @param signal the signal that ended the command, 0 otherwise
 * @param deadlineReached whether it ended the command for the deadline
 * @param wallMillis from the command's start to its end
 * @param oomKills how many processes the kernel ended for memory
 * @param diskUsedBytes what the files took when they had used up the budget; null if they did not
 * @param secretsError the errno of secrets that did not reach it, 0 otherwise
 */
record InitReport(
        int execError,
        int signal,
        boolean deadlineReached,
        Long wallMillis,
        Long oomKills,
        Long cpuNanos,
        Long peakMemoryBytes,
        Long diskUsedBytes,
        int secretsError) {

    static final byte START = 0x1e;
    private static final int NONCE_LENGTH = 32;

    /**
     * The mark that only this task's init can know: derived, so that a runner that takes a container over knows it too,
     * and secret, as a task never sees the instance.
     */
    static String nonce(String instance, String taskId) {
        return DigestUtils.sha256Hex("fleet-init " + instance + " " + taskId).substring(0, NONCE_LENGTH);
    }

    /**
     * What init says on both streams before the command starts. Marked with half of the nonce alone, as the command may
     * be quick enough to read it out of its own pipe.
     */
    static byte[] firstWords(String nonce) {
        return ((char) START + "fleet-init:" + nonce.substring(0, nonce.length() / 2) + " begin\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes that last words with this nonce begin with. */
    static byte[] marker(String nonce) {
        return ((char) START + "fleet-init:" + nonce + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what follows the marker. */
    static InitReport parse(String text) {
        Map<String, Long> values = new HashMap<>();
        for (String pair : text.strip().split(" ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    values.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
                } catch (NumberFormatException e) {
                    values.remove(pair.substring(0, equals));
                }
            }
        }
        return new InitReport(
                values.getOrDefault("exec", 0L).intValue(),
                values.getOrDefault("signal", 0L).intValue(),
                values.getOrDefault("deadline", 0L) != 0,
                known(values.get("wall_ms")),
                known(values.get("oom")),
                known(values.get("cpu_ns")),
                known(values.get("peak")),
                known(values.get("disk")),
                values.getOrDefault("secrets", 0L).intValue());
    }

    private static Long known(Long value) {
        return value == null || value < 0 ? null : value;
    }
}

package dev.fleetrunner.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * This process's own hard limits. A container may not ask for more: without CAP_SYS_RESOURCE the engine could not set
 * it, and the start would fail.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html">proc_pid_limits(5)</a>
 */
record OwnLimits(long openFiles, long processes, long fileSize) {
    private static final long NOT_LINUX = 16_384;

    static OwnLimits read() {
        Map<String, Long> hard = new HashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                String[] columns = line.split(" {2,}");
                if (columns.length >= 3) {
                    hard.put(columns[0], columns[2].equals("unlimited") ? Long.MAX_VALUE : number(columns[2]));
                }
            }
        } catch (IOException e) {
            // Not Linux: the engine runs in a virtual machine, whose limits are modest and not to be seen from here.
            return new OwnLimits(NOT_LINUX, NOT_LINUX, Long.MAX_VALUE);
        }
        return new OwnLimits(
                hard.getOrDefault("Max open files", NOT_LINUX),
                hard.getOrDefault("Max processes", NOT_LINUX),
                hard.getOrDefault("Max file size", Long.MAX_VALUE));
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : NOT_LINUX;
    }
}

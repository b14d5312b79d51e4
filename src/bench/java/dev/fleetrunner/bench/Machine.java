package dev.fleetrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the figures were taken. */
final class Machine {
    private static final double BUSY = 1.0;
    private static final long KIB_PER_GIB = 1 << 20;

    private Machine() {}

    /** The load average of the last minute. */
    static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    static boolean busy(double load) {
        return load > BUSY;
    }

    static String description() throws IOException, InterruptedException {
        String processor = first("/proc/cpuinfo", "model name");
        long memory = Long.parseLong(first("/proc/meminfo", "MemTotal").split(" ")[0]) / KIB_PER_GIB;
        String system = first("/etc/os-release", "PRETTY_NAME").replace("\"", "");
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " processors, " + memory + " GiB, "
                + system + ", kernel " + Command.output("uname", "-r").strip();
    }

    private static String first(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(file.endsWith("release") ? '=' : ':') + 1)
                        .strip())
                .findFirst()
                .orElse("unknown");
    }
}

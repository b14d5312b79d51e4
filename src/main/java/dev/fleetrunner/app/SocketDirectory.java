package dev.fleetrunner.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Where sockets for tasks are by custom: a path of a socket must be short. */
final class SocketDirectory {
    private static final int INSTANCE_PART = 12;

    private SocketDirectory() {}

    /** The first of the usual places that this user may write to. */
    static Path usual(Map<String, String> environment, String instance) {
        String name = "fleetrunner-" + instance.substring(0, Math.min(INSTANCE_PART, instance.length()));
        return Stream.of(environment.get("XDG_RUNTIME_DIR"), "/run", System.getProperty("java.io.tmpdir"))
                .filter(place -> place != null && Files.isWritable(Path.of(place)))
                .findFirst()
                .map(place -> Path.of(place).resolve(name))
                .orElseThrow(
                        () -> new IllegalStateException(
                                "there is no place for the sockets of tasks: set fleet.socket-dir to a directory with a short path"));
    }
}

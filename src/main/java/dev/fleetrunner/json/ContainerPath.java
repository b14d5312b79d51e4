package dev.fleetrunner.json;

import dev.fleetrunner.contract.MountPath;
import java.util.List;
import java.util.Optional;

/** Absolute paths that mean one place only: no {@code ..}, no {@code .}, no empty part. A slash at the end is dropped. */
final class ContainerPath {
    static final int MAX = 4096;
    private static final List<String> KERNEL = List.of("/proc", "/sys", "/dev");
    /** Where the runner puts what is its own: its first process, sockets, secrets. */
    private static final List<String> OURS = List.of("/.fleetrunner", "/run/fleet", "/run/secrets");

    private ContainerPath() {}

    /** A path on any machine. */
    private static Optional<String> absolute(Value value) {
        return value.text(MAX).flatMap(text -> {
            if (!text.startsWith("/")) {
                return value.fault("must be an absolute path", "begin it with /");
            }
            String path = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            for (String part : path.substring(1).split("/", -1)) {
                if (part.equals("..") || part.equals(".") || part.isEmpty() && !path.equals("/")) {
                    return value.fault("must not have .., . or // in it", "write the path without detours");
                }
            }
            return Optional.of(path);
        });
    }

    /** A path inside the container that a task may own: below the root, and neither the kernel's nor ours. */
    static Optional<String> ofTask(Value value) {
        return absolute(value).flatMap(path -> {
            if (path.equals("/")) {
                return value.fault("must not be the root", "name a directory below it");
            }
            if (KERNEL.stream().anyMatch(kernel -> within(path, kernel))) {
                return value.fault("must not lie in /proc, /sys or /dev", "choose another directory");
            }
            if (OURS.stream().anyMatch(ours -> within(path, ours) || within(ours, path))) {
                return value.fault("must not cover " + String.join(", ", OURS), "choose another directory");
            }
            return Optional.of(path);
        });
    }

    /** A path inside the container that something may be mounted on. */
    static Optional<String> ofMount(Value value) {
        return ofTask(value).flatMap(path -> unambiguous(value, path));
    }

    /** A path on the engine's machine that may be mounted. */
    static Optional<String> ofSource(Value value) {
        return absolute(value).flatMap(path -> unambiguous(value, path));
    }

    private static Optional<String> unambiguous(Value value, String path) {
        return MountPath.isPlain(path)
                ? Optional.of(path)
                : value.fault(
                        "must not have a comma, a colon, a quotation mark or a control character in it",
                        "choose a directory with another name");
    }

    /** Whether a path is a directory or lies below it. */
    static boolean within(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }
}

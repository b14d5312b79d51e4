package dev.fleetrunner.json;

import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code artifacts}: paths and globs. Memory is gone when a container ends, so what lies on a tmpfs cannot be
 * collected and is refused before the run instead of missed after it.
 */
final class ArtifactsReader {
    private static final int MAX_PATHS = 64;
    private static final List<String> ALWAYS_MEMORY = List.of("/tmp", "/run");
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private ArtifactsReader() {}

    static Artifacts read(Fields artifacts, List<Mount> mounts) {
        List<String> paths = new ArrayList<>();
        for (Value item : artifacts.items("paths", MAX_PATHS)) {
            ContainerPath.ofTask(item).ifPresent(path -> {
                if (onMemory(path, mounts)) {
                    item.fault(
                            "lies on a tmpfs, which is gone when the task ends",
                            "write it below /workspace or another volume");
                }
                paths.add(path);
            });
        }
        artifacts.refuseOthers();
        return new Artifacts(paths);
    }

    /** The innermost mount around a path decides; {@code /dev/shm} has been refused with the rest of /dev. */
    private static boolean onMemory(String path, List<Mount> mounts) {
        String fixed = fixedPart(path);
        String innermost = "";
        boolean memory = false;
        for (String always : ALWAYS_MEMORY) {
            if (ContainerPath.within(fixed, always)) {
                innermost = always;
                memory = true;
            }
        }
        for (Mount mount : mounts) {
            if (ContainerPath.within(fixed, mount.target()) && mount.target().length() >= innermost.length()) {
                innermost = mount.target();
                memory = mount instanceof Mount.Tmpfs;
            }
        }
        return memory;
    }

    /** What stands before the first part with a wildcard. */
    private static String fixedPart(String path) {
        var glob = GLOB.matcher(path);
        return glob.find() ? path.substring(0, path.lastIndexOf('/', glob.start())) : path;
    }
}

package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.artifact.ArtifactPattern;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the paths of artifacts that could never be collected. Artifacts are collected from volumes: memory is gone when
 * the command ends, the root of the image cannot be written, and not every runtime can read it afterwards.
 */
final class ArtifactPaths {
    private static final Map<String, Ground> USUAL = Map.of(
            "/workspace", Ground.VOLUME,
            "/home/agent", Ground.VOLUME,
            "/tmp", Ground.MEMORY,
            "/run", Ground.MEMORY,
            "/dev", Ground.MEMORY);

    private enum Ground {
        VOLUME,
        MEMORY,
        ROOT
    }

    private ArtifactPaths() {}

    static List<Fault> faultsIn(TaskSpec spec) {
        List<Fault> faults = new ArrayList<>();
        List<String> paths = spec.artifacts().paths();
        for (int i = 0; i < paths.size(); i++) {
            String pointer = "/artifacts/paths/" + i;
            faultOf(paths.get(i), spec.mounts(), pointer).ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<Fault> faultOf(String path, List<Mount> mounts, String pointer) {
        String base;
        try {
            base = ArtifactPattern.of(path).base();
        } catch (IllegalArgumentException reason) {
            return Optional.of(new Fault(
                    pointer,
                    "cannot be read as a path or glob: " + reason.getMessage(),
                    "write it like /workspace/reports/**/*.xml; put \\ before a character that is no wildcard"));
        }
        return switch (groundOf(base, mounts)) {
            case VOLUME -> Optional.empty();
            case MEMORY ->
                Optional.of(new Fault(
                        pointer,
                        "lies on a tmpfs, which is gone when the task ends",
                        "artifacts are collected from volumes: write it below /workspace, /home/agent or a mount"));
            case ROOT ->
                Optional.of(new Fault(
                        pointer,
                        "lies on no volume: " + base + " is on the read-only root",
                        "artifacts are collected from volumes: write it below /workspace, /home/agent or a mount"));
        };
    }

    /** The innermost of what lies around a path decides. */
    private static Ground groundOf(String path, List<Mount> mounts) {
        Map<String, Ground> grounds = new HashMap<>(USUAL);
        mounts.forEach(
                mount -> grounds.put(mount.target(), mount instanceof Mount.Tmpfs ? Ground.MEMORY : Ground.VOLUME));
        return grounds.keySet().stream()
                .filter(directory -> path.equals(directory) || path.startsWith(directory + "/"))
                .max(Comparator.comparing(String::length))
                .map(grounds::get)
                .orElse(Ground.ROOT);
    }
}

package dev.fleetrunner.artifact;

import dev.fleetrunner.contract.Captured;
import java.util.List;

/**
 * What became of the declared paths of a task.
 *
 * @param artifacts those that matched something, in the order of their declaration
 * @param notes what was left out and why, for the task's result
 * @param files all files, each once, in the order of their paths' bytes
 */
public record Collected(List<Captured.Artifact> artifacts, List<String> notes, List<ArtifactFile> files) {
    public Collected {
        artifacts = List.copyOf(artifacts);
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }
}

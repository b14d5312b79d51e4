package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.MountPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories of the machine below which a task may bind. Methods look at the file system: call them on a worker.
 *
 * <p>A path is judged after all its links are followed, and the engine is given the judged path.
 *
 * @param rule the name of the rule that allows them; null if nobody knows
 * @param roots directories that sources may be or lie in; empty refuses every bind
 */
public record MountRoots(String rule, List<Path> roots) {
    public MountRoots {
        roots = List.copyOf(roots);
    }

    /** Those that a task was given. */
    public static MountRoots of(Grant grant) {
        return new MountRoots(
                grant.rule(), grant.bindRoots().stream().map(Path::of).toList());
    }

    /**
     * Judges a source.
     *
     * @throws Denied if it is outside the roots, is no file or directory, or does not exist
     */
    public Path judge(String source) {
        Path real;
        try {
            real = Path.of(source).toRealPath();
        } catch (IOException e) {
            // Nobody learns here what there is outside.
            if (!below(Path.of(source).normalize())) {
                throw outside(source);
            }
            throw Denied.invalid(
                    e instanceof NoSuchFileException
                            ? "the source " + source + " does not exist on the runner's machine"
                            : "the source " + source + " cannot be looked at: " + e.getMessage());
        }
        if (!below(real)) {
            throw outside(source);
        }
        if (!MountPath.isPlain(real.toString())) {
            throw Denied.invalid(
                    "the source " + source
                            + " leads to a path with a comma, a colon, a quotation mark or a control character in it: rename it");
        }
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw Denied.by(rule, denied(source) + ": it is a socket or device, not a file or directory");
        }
        return real;
    }

    private boolean below(Path path) {
        for (Path root : roots) {
            try {
                if (path.startsWith(root.toRealPath())) {
                    return true;
                }
            } catch (IOException e) {
                // A root that does not exist allows nothing.
                continue;
            }
        }
        return false;
    }

    private Denied outside(String source) {
        return Denied.by(
                rule,
                denied(source) + ": it is in none of its mounts.roots "
                        + String.join(", ", roots.stream().map(Path::toString).toList()));
    }

    private String denied(String source) {
        return "a bind of " + source + " is denied by rule " + rule + " of the policy";
    }
}

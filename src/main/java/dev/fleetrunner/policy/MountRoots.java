package dev.fleetrunner.policy;

import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;
import static dev.fleetrunner.contract.CauseCode.POLICY_DENIED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which directories of the machine tasks may bind. Methods look at the file system: call them on a worker.
 *
 * <p>A path is judged after all its links are followed, and the engine is given the judged path. What a running task can
 * write, it could turn into a link between check and use; so nothing strictly below its writable binds is given out
 * meanwhile.
 */
public final class MountRoots {
    private final List<Path> roots;
    private final List<Path> writable = new ArrayList<>();

    /**
     * @param roots directories below which sources may lie; empty refuses every bind
     */
    public MountRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** A source that was judged good, to be given back when the task has ended. */
    public final class Lease implements AutoCloseable {
        private final Path path;
        private final boolean writes;
        private boolean closed;

        private Lease(Path path, boolean writes) {
            this.path = path;
            this.writes = writes;
        }

        /** The path to bind, without links. */
        public Path path() {
            return path;
        }

        @Override
        public void close() {
            synchronized (writable) {
                if (writes && !closed) {
                    writable.remove(path);
                }
                closed = true;
            }
        }
    }

    /**
     * Judges a source without holding it.
     *
     * @throws Denied if it is outside the roots, is no file or directory, or does not exist
     */
    public Path judge(String source) {
        if (roots.isEmpty()) {
            throw new Denied(
                    POLICY_DENIED, "bind of " + source + " is denied by fleet.mount-roots, which allows no directory");
        }
        Path real;
        try {
            real = Path.of(source).toRealPath();
        } catch (NoSuchFileException e) {
            if (!below(Path.of(source).normalize())) {
                throw outside(source);
            }
            throw new Denied(MOUNT_INVALID, "the source " + source + " does not exist on the runner's machine");
        } catch (IOException | SecurityException e) {
            throw new Denied(MOUNT_INVALID, "the source " + source + " cannot be looked at: " + e.getMessage());
        }
        if (!below(real)) {
            throw outside(source);
        }
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new Denied(
                    POLICY_DENIED,
                    "bind of " + source
                            + " is denied by fleet.mount-roots: it is a socket or device, not a file or directory");
        }
        return real;
    }

    /**
     * Judges a source again, just before its use, and holds it.
     *
     * @throws Denied as {@link #judge}, and if a running task could change the path
     */
    public Lease hold(String source, boolean writes) {
        Path real = judge(source);
        synchronized (writable) {
            for (Path taken : writable) {
                if (real.startsWith(taken) && !real.equals(taken)) {
                    throw new Denied(
                            MOUNT_INVALID,
                            "the source " + source + " lies in " + taken + ", which a running task may write");
                }
            }
            if (writes) {
                writable.add(real);
            }
        }
        return new Lease(real, writes);
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
        return new Denied(
                POLICY_DENIED,
                "bind of " + source + " is denied by fleet.mount-roots, which allows "
                        + String.join(", ", roots.stream().map(Path::toString).toList()));
    }
}

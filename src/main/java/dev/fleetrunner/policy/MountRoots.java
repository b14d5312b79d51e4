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
 * <p>A path is judged after all its links are followed, and the engine is given the judged path. What a task can write,
 * it could turn into a link between check and use. So of two tasks that live at the same time none holds a path strictly
 * below what the other may write.
 */
public final class MountRoots {
    private final List<Path> roots;
    private final List<Lease> leases = new ArrayList<>();
    /** Counts the leases that were given back. */
    private long returned;

    /**
     * @param roots directories that sources may be or lie in; empty refuses every bind
     */
    public MountRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** A source that was judged good, to be given back when the task's container is gone. Safe to close twice. */
    public final class Lease implements AutoCloseable {
        private final String taskId;
        private final Path path;
        private final boolean writes;

        private Lease(String taskId, Path path, boolean writes) {
            this.taskId = taskId;
            this.path = path;
            this.writes = writes;
        }

        /** The path to bind, without links. */
        public Path path() {
            return path;
        }

        private boolean endangers(Lease other) {
            return writes && other.path.startsWith(path) && !other.path.equals(path) && !taskId.equals(other.taskId);
        }

        @Override
        public void close() {
            synchronized (leases) {
                if (leases.remove(this)) {
                    returned++;
                }
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
        } catch (IOException e) {
            // Nobody learns here what there is outside.
            if (!below(Path.of(source).normalize())) {
                throw outside(source);
            }
            throw new Denied(
                    MOUNT_INVALID,
                    e instanceof NoSuchFileException
                            ? "the source " + source + " does not exist on the runner's machine"
                            : "the source " + source + " cannot be looked at: " + e.getMessage());
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
     * @param taskId whose binds do not stand in each other's way
     * @throws Denied as {@link #judge}, and if a task could change the path of another
     */
    public Lease hold(String taskId, String source, boolean writes) {
        while (true) {
            long before = returned();
            Lease lease = new Lease(taskId, judge(source), writes);
            synchronized (leases) {
                // A task that ended meanwhile could have changed the path while it was judged.
                if (before == returned) {
                    leases.forEach(held -> refuseIfEither(source, lease, held));
                    leases.add(lease);
                    return lease;
                }
            }
        }
    }

    private long returned() {
        synchronized (leases) {
            return returned;
        }
    }

    private static void refuseIfEither(String source, Lease wanted, Lease held) {
        if (held.endangers(wanted)) {
            throw new Denied(
                    MOUNT_INVALID,
                    "the source " + source + " lies in " + held.path + ", which a running task may write");
        }
        if (wanted.endangers(held)) {
            throw new Denied(
                    MOUNT_INVALID,
                    "the source " + source + " cannot be written: " + held.path + " in it is used by a running task");
        }
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

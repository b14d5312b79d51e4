package dev.fleetrunner.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The binds of tasks that have a container. What a task can write, it could turn into a link between check and use. So of
 * two tasks that live at the same time none holds a path strictly below what the other may write.
 */
public final class BindLeases {
    private final List<Lease> leases = new ArrayList<>();
    /** Counts the leases that were given back. */
    private long returned;

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
     * Judges a source again, just before its use, and holds it.
     *
     * @param roots below which it must lie
     * @param taskId whose binds do not stand in each other's way
     * @throws Denied as {@link MountRoots#judge}, and if a task could change the path of another
     */
    public Lease hold(MountRoots roots, String taskId, String source, boolean writes) {
        while (true) {
            long before = returned();
            Lease lease = new Lease(taskId, roots.judge(source), writes);
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

    /**
     * Holds what a container of an earlier life of the runner has mounted: it has that whatever the rules say by now, and
     * wherever the name leads by now.
     */
    public Lease keep(String taskId, String source, boolean writes) {
        Path path = Path.of(source);
        try {
            path = path.toRealPath();
        } catch (IOException gone) {
            // By its name, then: what is not there cannot be mounted a second time.
            path = path.normalize();
        }
        Lease lease = new Lease(taskId, path, writes);
        synchronized (leases) {
            leases.add(lease);
        }
        return lease;
    }

    private long returned() {
        synchronized (leases) {
            return returned;
        }
    }

    private static void refuseIfEither(String source, Lease wanted, Lease held) {
        if (held.endangers(wanted)) {
            throw Denied.invalid("the source " + source + " lies in " + held.path + ", which a running task may write");
        }
        if (wanted.endangers(held)) {
            throw Denied.invalid(
                    "the source " + source + " cannot be written: " + held.path + " in it is used by a running task");
        }
    }
}

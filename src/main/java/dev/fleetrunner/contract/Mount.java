package dev.fleetrunner.contract;

/** Something mounted into the container at {@link #target()}, an absolute path without {@code ..}. */
public sealed interface Mount {

    /** The absolute path in the container. */
    String target();

    /** The word that the contract uses for this type. */
    String type();

    /** A directory or file of the machine the engine runs on. */
    record Bind(String source, String target, boolean readOnly) implements Mount {
        @Override
        public String type() {
            return "bind";
        }
    }

    /** A private writable copy of an uploaded workspace, by its {@code ws-} name. */
    record Workspace(String source, String target, boolean readOnly) implements Mount {
        @Override
        public String type() {
            return "workspace";
        }
    }

    /** A directory kept between the tasks of one owner, by name. */
    record Cache(String source, String target) implements Mount {
        @Override
        public String type() {
            return "cache";
        }
    }

    /** Memory that looks like a directory; counted against the task's memory. */
    record Tmpfs(String target, long sizeBytes) implements Mount {
        @Override
        public String type() {
            return "tmpfs";
        }
    }
}

package dev.fleetrunner.runtime.engine;

import java.util.Map;

/** What Podman and Docker do differently behind the same API; each quirk has a name and a reason. */
public enum Dialect {
    DOCKER("docker") {
        /** Docker fills a new volume, and gives it its owner, when the container is made. */
        @Override
        boolean seedsMustBeInitialised() {
            return false;
        }

        @Override
        boolean givesNewVolumesToTheUser() {
            return false;
        }

        @Override
        boolean fillsReadOnlyVolumes() {
            return false;
        }

        /** json-file is the slower of the two drivers that can be read back. */
        @Override
        LogDriver logDriver(long bytes) {
            return new LogDriver("local", Map.of("max-size", bytes + "b", "max-file", "1", "compress", "false"));
        }

        /** The buffer of its copier. */
        @Override
        int partsWithoutNewline() {
            return 16 << 10;
        }

        @Override
        boolean choosesTheRuntime() {
            return true;
        }

        @Override
        String tmpfsOwner(String user) {
            String[] ids = user.split(":");
            return "uid=" + ids[0] + ",gid=" + ids[1];
        }
    },

    PODMAN("podman") {
        /** Podman gives a new volume its owner when the first container that has it is initialised. */
        @Override
        boolean seedsMustBeInitialised() {
            return true;
        }

        @Override
        boolean givesNewVolumesToTheUser() {
            return true;
        }

        @Override
        boolean fillsReadOnlyVolumes() {
            return true;
        }

        /** Any other driver needs a journald, which need not be there. */
        @Override
        LogDriver logDriver(long bytes) {
            return new LogDriver("k8s-file", Map.of("max-size", bytes + "b"));
        }

        /** Its log tells parts of lines and whole ones apart. */
        @Override
        int partsWithoutNewline() {
            return 0;
        }

        /** Podman 4 takes the name of one and runs the container with the service's own all the same. */
        @Override
        boolean choosesTheRuntime() {
            return false;
        }

        /** Podman takes no ids, but knows the container's user; and it would copy the image's files into the memory. */
        @Override
        String tmpfsOwner(String user) {
            return "U,notmpcopyup";
        }
    };

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** The runtime's name in specs and results. */
    public String word() {
        return word;
    }

    /** Whether the volumes of a seed have their owner only when it is initialised, short of being started. */
    abstract boolean seedsMustBeInitialised();

    /** Whether a new volume is the container's user's where the image has no directory, rather than root's. */
    abstract boolean givesNewVolumesToTheUser();

    /** Whether files can be put into a volume that the container may only read. */
    abstract boolean fillsReadOnlyVolumes();

    /** The driver that keeps the output readable for a takeover, up to so many bytes. */
    abstract LogDriver logDriver(long bytes);

    /** The length of the parts in which its log keeps long lines, whose newline it forgets; 0 if it forgets none. */
    abstract int partsWithoutNewline();

    /** Whether each container can be given an OCI runtime of its own. */
    abstract boolean choosesTheRuntime();

    /** Mount options by which memory belongs to the user: over a directory of the image it has that one's mode. */
    abstract String tmpfsOwner(String user);

    /** A log driver and its options, as the API takes them. */
    record LogDriver(String type, Map<String, String> options) {}
}

package dev.fleetrunner.runtime.engine;

import java.util.regex.Pattern;

/**
 * A stronger wall around tasks, as the operator sets it up. With a runtime it is that program's wall (gVisor); without,
 * it is the user namespace of an engine of its own.
 *
 * @param name what specs and policies call it
 * @param runtime the OCI runtime: its name or path as the engine tells it; null for a user namespace
 * @param socket of an engine that gives nothing but this wall; null if the usual engines are asked for it
 * @param sockets whether a task behind it can connect to the runner's unix sockets. The operator says so of a runtime;
 *     no engine tells. A user namespace never keeps a task from them
 */
public record Wall(String name, String runtime, String socket, boolean sockets) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String DEFAULT = "default";

    /** Fails with {@link IllegalArgumentException} that says what is wrong. */
    public Wall {
        if (!NAME.matcher(name).matches() || name.equals(DEFAULT)) {
            throw new IllegalArgumentException("fleet.isolation." + name
                    + ": a wall's name is lower-case letters, digits and hyphens, a letter first, and not default");
        }
        if (runtime == null && socket == null) {
            throw new IllegalArgumentException(
                    "fleet.isolation." + name + ": set runtime, socket or both, see docs/isolation.md");
        }
        sockets |= runtime == null;
    }

    /** Whether this is the runtime that the engine tells of: Podman has the path of one that was named by its path. */
    boolean isMadeBy(String told) {
        return runtime != null
                && (told.equals(runtime)
                        || runtime.indexOf('/') < 0
                                && told.substring(told.lastIndexOf('/') + 1).equals(runtime));
    }
}

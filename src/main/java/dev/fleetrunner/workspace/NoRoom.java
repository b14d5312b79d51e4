package dev.fleetrunner.workspace;

import java.io.IOException;

/** The service's own disk is full. */
public final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoom(IOException cause) {
        super("the service's disk has no room for the workspace", cause);
    }
}

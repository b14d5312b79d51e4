package dev.fleetrunner.workspace;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/** Keeps a workspace from being deleted until it is closed, which blocks nobody and may be done twice. */
public final class Lease implements AutoCloseable {
    private final Shelf shelf;
    private final String id;
    private boolean taken;
    private boolean closed;

    Lease(Shelf shelf, String id) {
        this.shelf = shelf;
        this.id = id;
    }

    /** Of the workspace. */
    public String id() {
        return id;
    }

    /** Not after it was closed: who wanted it has gone. */
    synchronized Lease take() throws IOException {
        if (closed) {
            throw new CancellationException("nobody waits for the workspace any more");
        }
        shelf.take(id);
        taken = true;
        return this;
    }

    @Override
    public synchronized void close() {
        if (taken && !closed) {
            shelf.giveBack(id);
        }
        closed = true;
    }
}

package dev.fleetrunner.workspace;

import dev.fleetrunner.files.Shown;
import java.util.NoSuchElementException;

/** There is no workspace of this id, or no longer. */
public final class UnknownWorkspace extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    /** Tells of an id, or of what was given for one. */
    public UnknownWorkspace(String id) {
        super("there is no workspace " + Shown.of(id) + "; upload it again");
    }
}

package dev.fleetrunner.store;

import dev.fleetrunner.task.TaskEvent;

/** How events become JSON and back. Stateless; called from any thread; does no I/O. */
public interface EventCodec {

    /** The name that tells which event it is; written beside the JSON and never changed once released. */
    String type(TaskEvent event);

    /** The event as a JSON document in UTF-8. */
    byte[] write(TaskEvent event);

    /**
     * The event of a document that {@link #write} made, now or in an earlier release.
     *
     * @throws IllegalArgumentException if the type is not known or the document does not fit it
     */
    TaskEvent read(String type, byte[] json);
}

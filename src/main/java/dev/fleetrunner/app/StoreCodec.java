package dev.fleetrunner.app;

import dev.fleetrunner.json.TaskEventCodec;
import dev.fleetrunner.store.EventCodec;
import dev.fleetrunner.task.TaskEvent;

/** Writes the journal's events as the contract's JSON. */
public final class StoreCodec implements EventCodec {
    private final TaskEventCodec codec = new TaskEventCodec();

    @Override
    public String type(TaskEvent event) {
        return codec.type(event);
    }

    @Override
    public byte[] write(TaskEvent event) {
        return codec.write(event);
    }

    @Override
    public TaskEvent read(String type, byte[] json) {
        return codec.read(type, json);
    }
}

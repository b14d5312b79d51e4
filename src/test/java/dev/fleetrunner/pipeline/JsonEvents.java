package dev.fleetrunner.pipeline;

import dev.fleetrunner.json.TaskEventCodec;
import dev.fleetrunner.store.EventCodec;
import dev.fleetrunner.task.TaskEvent;

/** Events in the contract's JSON, as the service writes them. */
final class JsonEvents implements EventCodec {
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

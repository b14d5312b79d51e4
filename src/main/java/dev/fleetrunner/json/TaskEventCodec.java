package dev.fleetrunner.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.task.TaskEvent;
import java.io.IOException;
import java.util.Map;

/**
 * Task events as JSON, for the journal. Journals outlive versions of the service: a type or a field may be added, but
 * none renamed; unknown fields are passed over on reading. Safe for threads.
 */
public final class TaskEventCodec {
    private static final Map<String, Class<? extends TaskEvent>> CLASSES = Map.of(
            "submitted", TaskEvent.Submitted.class,
            "preparing", TaskEvent.Preparing.class,
            "started", TaskEvent.Started.class,
            "cancel-requested", TaskEvent.CancelRequested.class,
            "taken-over", TaskEvent.TakenOver.class,
            "collecting", TaskEvent.Collecting.class,
            "finished", TaskEvent.Finished.class);

    private final JsonMapper mapper = ContractMapper.create();

    /** The word for an event's type. */
    public String type(TaskEvent event) {
        return CLASSES.entrySet().stream()
                .filter(known -> known.getValue().isInstance(event))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no word for " + event.getClass()));
    }

    /** The event without its type, as UTF-8; times are cut to milliseconds. */
    public byte[] write(TaskEvent event) {
        try {
            return mapper.writeValueAsBytes(event);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("cannot write " + type(event), unwritable);
        }
    }

    /**
     * The event that was written.
     *
     * @throws IllegalArgumentException if the type is unknown or the text is not such an event
     */
    public TaskEvent read(String type, byte[] json) {
        Class<? extends TaskEvent> known = CLASSES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("unknown type of event: " + type);
        }
        try {
            return mapper.readValue(json, known);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + type, unreadable);
        }
    }
}

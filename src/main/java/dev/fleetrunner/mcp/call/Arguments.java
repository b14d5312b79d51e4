package dev.fleetrunner.mcp.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.json.Faults;
import dev.fleetrunner.json.Fields;
import dev.fleetrunner.json.Pointer;
import dev.fleetrunner.json.Value;
import dev.fleetrunner.pipeline.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a call. A tool asks for each that it knows, then {@link #complete()}s: all that was wrong, or is not
 * known, is refused then, at once and by name.
 */
public final class Arguments {
    /** Clients give up after a minute. */
    public static final int LONGEST_WAIT_SEC = 50;

    private static final int LEAST_BYTES = 1024;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int ID = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String tool;
    private final Faults faults = Faults.ofOther();
    private final Optional<Fields> fields;

    /** @param json the arguments as they came; a missing object is an empty one */
    public Arguments(String tool, String json) {
        this.tool = tool;
        this.fields = new Value(tree(json), Pointer.ROOT, faults).fields();
    }

    private static JsonNode tree(String json) {
        try {
            return json == null ? MAPPER.createObjectNode() : MAPPER.readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    /** An argument that may be left out. */
    public Optional<Value> find(String name) {
        return fields.flatMap(known -> known.find(name));
    }

    /** An argument that is needed. */
    public Optional<Value> require(String name, String remedy) {
        return fields.flatMap(known -> known.require(name, remedy));
    }

    /** A text that is not empty, or null. */
    public String text(String name, int max) {
        return find(name).flatMap(value -> value.filled(max)).orElse(null);
    }

    /** A text that is needed and not empty. */
    public String needed(String name, int max, String remedy) {
        return require(name, remedy).flatMap(value -> value.filled(max)).orElse("");
    }

    /** The task that is meant. */
    public String taskId() {
        return needed("task_id", ID, "give the task_id that run_task or list_tasks answered");
    }

    /** How many bytes each form of the answer may take. */
    public int maxBytes(int usual) {
        return integer("max_bytes", LEAST_BYTES, MOST_BYTES, usual);
    }

    /** How long the caller is ready to wait. */
    public Duration wait(int usualSec) {
        return Duration.ofSeconds(integer("wait_sec", 0, LONGEST_WAIT_SEC, usualSec));
    }

    /** A whole number in a range, or the usual one. */
    public int integer(String name, int min, int max, int usual) {
        return fields.map(known -> known.integer(name, min, max, usual)).orElse(usual);
    }

    /** A truth value, or the usual one. */
    public boolean flag(String name, boolean usual) {
        return fields.map(known -> known.flag(name, usual)).orElse(usual);
    }

    /** The texts of a list of at most so many; none if it is left out. */
    public List<String> texts(String name, int most, int max) {
        return fields.map(known -> known.items(name, most)).orElse(List.of()).stream()
                .flatMap(value -> value.filled(max).stream())
                .toList();
    }

    /**
     * Ends the reading.
     *
     * @throws Refusal {@code INVALID_REQUEST} with every fault, its pointer into the arguments
     */
    public void complete() {
        fields.ifPresent(Fields::refuseOthers);
        if (!faults.none()) {
            throw Refusal.of(CauseCode.INVALID_REQUEST, "the arguments of " + tool + " are not right", faults.list());
        }
    }
}

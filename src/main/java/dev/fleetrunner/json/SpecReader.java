package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a TaskSpec strictly: every rule of {@code docs/contract.md} that needs no knowledge of the service. Never
 * throws for what a caller may send.
 */
public final class SpecReader {
    /** The fields of a spec, in the order of the contract. */
    static final List<String> FIELDS = List.of(
            "image",
            "cmd",
            "env",
            "mounts",
            "timeouts",
            "resources",
            "artifacts",
            "context",
            "network",
            "engine",
            "isolation",
            "user",
            "runtime",
            "labels",
            "priority");

    private static final Shape WORD = new Shape(
            63,
            "[a-z][a-z0-9-]*",
            "a word in lower case",
            "use letters, digits and hyphens, a letter first, at most 63");
    private static final int MAX_ID = Integer.MAX_VALUE;
    private static final Shape USER = new Shape(
            21, "(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?", "numeric, as uid:gid", "write for example 1000:1000");

    /** The spec that a document describes, or all its faults. */
    public Read read(byte[] document) {
        Faults faults = Faults.strict();
        return Document.parse(document, faults)
                .flatMap(tree -> spec(tree, faults))
                .filter(spec -> faults.none())
                .<Read>map(Read.Ok::new)
                .orElseGet(() -> new Read.Faulty(faults.list()));
    }

    /**
     * A spec that the service stored earlier, perhaps in another version; fields not known are passed over.
     *
     * @throws IllegalArgumentException if it has faults nevertheless
     */
    static TaskSpec stored(JsonNode tree) {
        Faults faults = Faults.tolerant();
        return spec(tree, faults)
                .filter(spec -> faults.none())
                .orElseThrow(() -> new IllegalArgumentException("stored spec: " + faults.list()));
    }

    private static Optional<TaskSpec> spec(JsonNode tree, Faults faults) {
        return new Value(tree, Pointer.ROOT, faults).fields().map(fields -> spec(fields, LimitsReader.named(tree)));
    }

    private static TaskSpec spec(Fields fields, Set<String> named) {
        var image = fields.find("image").flatMap(ImageReference::read).orElse(null);
        var cmd = fields.require("cmd", "name the program and its arguments, such as [\"/bin/sh\", \"-c\", \"…\"]")
                .map(CommandReader::read)
                .orElse(List.of());
        var env = fields.find("env").map(EnvReader::read).orElse(Map.of());
        var mounts = MountReader.read(fields);
        var timeouts = LimitsReader.timeouts(fields.fields("timeouts"));
        var resources = LimitsReader.resources(fields.fields("resources"));
        var artifacts = ArtifactsReader.read(fields.fields("artifacts"), mounts);
        var context = ContextReader.read(fields.fields("context"));
        var network = NetworkReader.read(fields.fields("network"));
        boolean engine = fields.flag("engine", false);
        String isolation = fields.text("isolation", WORD, TaskSpec.DEFAULT_ISOLATION);
        String user = fields.find("user").flatMap(SpecReader::user).orElse(TaskSpec.DEFAULT_USER);
        String runtime = fields.text("runtime", WORD, TaskSpec.AUTO);
        var labels = fields.find("labels").map(LabelsReader::read).orElse(Map.of());
        int priority = fields.integer("priority", -100, 100, 0);
        fields.refuseOthers();
        return new TaskSpec(
                image, cmd, env, mounts, timeouts, resources, artifacts, context, network, engine, isolation, user,
                runtime, labels, priority, named);
    }

    private static Optional<String> user(Value value) {
        return value.text(USER).flatMap(text -> {
            for (String id : text.split(":")) {
                if (Long.parseLong(id) > MAX_ID) {
                    return value.fault("must have ids up to " + MAX_ID, "write for example 1000:1000");
                }
            }
            return Optional.of(text.contains(":") ? text : text + ":" + text);
        });
    }
}

package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Timeouts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A spec as a JSON tree with every field written out, in the order of the contract; what is null is left out. */
final class SpecTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SpecTree() {}

    static ObjectNode of(TaskSpec spec) {
        ObjectNode tree = NODES.objectNode();
        putIfGiven(tree, "image", spec.image());
        tree.set("cmd", texts(spec.cmd()));
        tree.set("env", env(spec.env()));
        ArrayNode mounts = tree.putArray("mounts");
        spec.mounts().forEach(mount -> mounts.add(mount(mount)));
        tree.set("timeouts", timeouts(spec.timeouts()));
        tree.set("resources", resources(spec.resources()));
        tree.putObject("artifacts").set("paths", texts(spec.artifacts().paths()));
        tree.set("context", context(spec.context()));
        tree.putObject("network")
                .put("mode", spec.network().mode().word())
                .set("allow", texts(spec.network().allow()));
        tree.put("engine", spec.engine());
        tree.put("isolation", spec.isolation());
        tree.put("user", spec.user());
        tree.put("runtime", spec.runtime());
        ObjectNode labels = tree.putObject("labels");
        spec.labels().forEach(labels::put);
        return tree.put("priority", spec.priority());
    }

    private static ObjectNode env(Map<String, EnvValue> variables) {
        ObjectNode env = NODES.objectNode();
        variables.forEach((name, value) -> {
            if (value instanceof EnvValue.SecretRef secret) {
                env.putObject(name).put("secretRef", secret.name()).put("as", word(secret.as()));
            } else {
                env.put(name, ((EnvValue.Literal) value).value());
            }
        });
        return env;
    }

    private static ObjectNode mount(Mount mount) {
        ObjectNode node = NODES.objectNode().put("type", mount.type());
        if (mount instanceof Mount.Bind bind) {
            node.put("source", bind.source());
        } else if (mount instanceof Mount.Workspace workspace) {
            node.put("source", workspace.source());
        } else if (mount instanceof Mount.Cache cache) {
            node.put("source", cache.source());
        }
        node.put("target", mount.target());
        if (mount instanceof Mount.Bind bind) {
            node.put("readOnly", bind.readOnly());
        } else if (mount instanceof Mount.Workspace workspace) {
            node.put("readOnly", workspace.readOnly());
        } else if (mount instanceof Mount.Tmpfs tmpfs) {
            node.put("size", Quantity.written(tmpfs.sizeBytes()));
        }
        return node;
    }

    private static ObjectNode timeouts(Timeouts timeouts) {
        return NODES.objectNode()
                .put("overallSec", timeouts.overallSec())
                .put("queueSec", timeouts.queueSec())
                .put("imageSec", timeouts.imageSec())
                .put("graceSec", timeouts.graceSec());
    }

    private static ObjectNode resources(Resources resources) {
        ObjectNode node = NODES.objectNode()
                .put("cpu", Quantity.cpusWritten(resources.cpuMillis()))
                .put("memory", Quantity.written(resources.memoryBytes()))
                .put("pids", resources.pids());
        putIfGiven(node, "disk", resources.diskBytes() == null ? null : Quantity.written(resources.diskBytes()));
        return node;
    }

    private static ObjectNode context(Context context) {
        ObjectNode node = NODES.objectNode();
        putIfGiven(node, "case_id", context.caseId());
        putIfGiven(node, "task_id", context.taskId());
        putIfGiven(node, "role", context.role());
        node.set("scope", texts(context.scope()));
        ArrayNode refs = node.putArray("hydration_refs");
        for (Context.HydrationRef ref : context.hydrationRefs()) {
            if (ref instanceof Context.HydrationRef.RedisKey redis) {
                refs.addObject().put("redis_key", redis.key());
            } else {
                refs.addObject().put("neo4j_query", ((Context.HydrationRef.Neo4jQuery) ref).query());
            }
        }
        return node.put("on_missing", word(context.onMissing()));
    }

    private static void putIfGiven(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static JsonNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

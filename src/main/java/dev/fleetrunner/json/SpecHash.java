package dev.fleetrunner.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Says whether two specs ask for the same run. Two documents have the same hash if they differ only in the order of
 * fields, in how a quantity is written, or in defaults written out or not. Since defaults do not count, a field that a
 * later version adds does not change the hash of a spec without it.
 */
public final class SpecHash {
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private static final ObjectNode DEFAULTS = SpecTree.of(new TaskSpec(
            null,
            List.of(),
            Map.of(),
            List.of(),
            Timeouts.DEFAULT,
            Resources.DEFAULT,
            TaskSpec.Artifacts.NONE,
            Context.NONE,
            TaskSpec.Network.NONE,
            false,
            TaskSpec.DEFAULT_ISOLATION,
            TaskSpec.DEFAULT_USER,
            TaskSpec.AUTO,
            Map.of(),
            0));

    private SpecHash() {}

    /** SHA-256 in hexadecimal. */
    public static String of(TaskSpec spec) {
        ObjectNode tree = SpecTree.of(spec);
        strip(tree, DEFAULTS);
        try {
            return DigestUtils.sha256Hex(SORTED.writeValueAsBytes(tree));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("not a spec that SpecReader accepts", unwritable);
        }
    }

    private static void strip(ObjectNode tree, JsonNode defaults) {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode usual = defaults.path(name);
            if (tree.get(name).equals(usual)) {
                tree.remove(name);
            } else if (tree.get(name) instanceof ObjectNode section && usual.isObject()) {
                strip(section, usual);
            }
        }
    }
}

package dev.fleetrunner.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fleetrunner.json.Faults;
import dev.fleetrunner.json.Pointer;
import java.io.IOException;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/** Turns YAML into a tree, within bounds. What is not YAML is one fault, with its line and column. */
final class PolicyDocument {
    private static final int MAX_NESTING = 16;
    private static final int MAX_CHARACTERS = 1 << 20;

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .loaderOptions(options())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyDocument() {}

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** The tree; nothing if a fault was noted. */
    static Optional<JsonNode> parse(byte[] yaml, Faults faults) {
        try {
            JsonNode tree = MAPPER.readTree(yaml);
            if (tree != null && !tree.isMissingNode()) {
                return Optional.of(tree);
            }
            faults.add(Pointer.ROOT, "the policy is empty", "write at least one profile and one rule");
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            faults.add(Pointer.ROOT, "not YAML" + place + ": " + firstLine(malformed), "mend it there");
        } catch (IOException unreadable) {
            faults.add(Pointer.ROOT, "cannot be read: " + unreadable.getMessage(), "write it in UTF-8");
        }
        return Optional.empty();
    }

    private static String firstLine(JacksonException malformed) {
        return malformed.getOriginalMessage().lines().findFirst().orElse("");
    }
}

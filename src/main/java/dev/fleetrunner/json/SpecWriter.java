package dev.fleetrunner.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.TaskSpec;

/**
 * Writes a TaskSpec in its canonical form, the exact inverse of {@link SpecReader}: fields in the order of the contract,
 * defaults written out. Only the enforceable limits that the caller did not name stay out, so that whoever reads the
 * document, be it a restart or a rerun, may demand of a runtime no more than the first submission did.
 */
public final class SpecWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The canonical form, as UTF-8 without a line's end. Names of secrets are in it, their values are not. */
    public byte[] write(TaskSpec spec) {
        try {
            return MAPPER.writeValueAsBytes(canonical(spec));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("not a spec that SpecReader accepts", unwritable);
        }
    }

    static ObjectNode canonical(TaskSpec spec) {
        ObjectNode tree = SpecTree.of(spec);
        LimitsReader.ENFORCEABLE.forEach((at, limit) -> {
            if (!spec.named().contains(limit) && tree.at(at.head()) instanceof ObjectNode section) {
                section.remove(at.last().getMatchingProperty());
            }
        });
        return tree;
    }
}

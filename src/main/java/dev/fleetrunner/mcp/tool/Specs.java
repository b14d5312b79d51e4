package dev.fleetrunner.mcp.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.json.Value;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.pipeline.Refusal;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;

/** The argument {@code spec}: a TaskSpec. */
final class Specs {
    private static final String NAME = "spec";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Specs() {}

    /** The spec as a document, to be read by those who know how. Models like to send an object as text; it is taken, too. */
    static byte[] of(Arguments arguments) {
        return arguments
                .require(NAME, "give the TaskSpec under \"spec\", such as {\"spec\": {\"cmd\": [\"make\", \"test\"]}}")
                .map(Value::node)
                .map(Specs::document)
                .orElse(new byte[0]);
    }

    private static byte[] document(JsonNode spec) {
        try {
            return spec.isTextual()
                    ? spec.textValue().getBytes(StandardCharsets.UTF_8)
                    : MAPPER.writeValueAsBytes(spec);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same, where a fault of the spec is told by its place in the arguments. */
    static <T> Uni<T> placed(Uni<T> taken) {
        return taken.onFailure(Refusal.class)
                .transform(refusal ->
                        refusal.at(fault -> new Fault("/" + NAME + fault.pointer(), fault.message(), fault.remedy())));
    }
}

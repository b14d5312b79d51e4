package dev.fleetrunner.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.Set;

/** The two schemas, ready to validate. */
final class Schemas {
    static final Path TRUE_PLACE = Path.of("src/main/resources/schema");
    static final String SPEC = "task-spec.schema.json";
    static final String RESULT = "task-result.schema.json";

    private static final JsonSchema SPEC_SCHEMA = load(SPEC);
    private static final JsonSchema RESULT_SCHEMA = load(RESULT);

    private Schemas() {}

    static JsonNode tree(String name) {
        return Corpus.tree(TRUE_PLACE.resolve(name));
    }

    static Set<ValidationMessage> faultsOfSpec(JsonNode document) {
        return SPEC_SCHEMA.validate(document);
    }

    static Set<ValidationMessage> faultsOfResult(JsonNode document) {
        return RESULT_SCHEMA.validate(document);
    }

    private static JsonSchema load(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(tree(name), SchemaValidatorsConfig.builder().build());
    }
}

package dev.fleetrunner.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Puts the contract's JSON Schemas into the OpenAPI document, so that clients can be generated from it alone. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ContractSchemas implements OASFilter {
    static final String SPEC = "#/components/schemas/TaskSpec";
    static final String RESULT = "#/components/schemas/TaskResult";

    private static final Pattern LOCAL = Pattern.compile("\"#/\\$defs/(\\w+)\"");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void filterOpenAPI(OpenAPI api) {
        ObjectNode schemas = MAPPER.createObjectNode();
        add(schemas, "TaskSpec", "task-spec");
        add(schemas, "TaskResult", "task-result");
        parsed(schemas).forEach(api.getComponents()::addSchema);
    }

    /** Parts have the whole's name before their own: both schemas may have one of the same name. */
    private static void add(ObjectNode schemas, String name, String file) {
        ObjectNode whole = read(file, name);
        JsonNode parts = whole.remove("$defs");
        whole.remove("$schema");
        whole.remove("$id");
        loosen(whole);
        schemas.set(name, whole);
        parts.properties().forEach(part -> schemas.set(partName(name, part.getKey()), part.getValue()));
    }

    /** What generators of clients make nothing of, or too narrow a type; the service itself holds to the schema as it is. */
    private static void loosen(JsonNode schema) {
        schema.forEach(ContractSchemas::loosen);
        if (schema instanceof ObjectNode object) {
            if (object.has("items")) {
                object.remove("prefixItems");
            }
            if (object.has("then") && object.has("else")) {
                object.putArray("anyOf").add(object.remove("then")).add(object.remove("else"));
                object.remove("if");
            }
        }
    }

    private static ObjectNode read(String file, String name) {
        try (InputStream in = ContractSchemas.class.getResourceAsStream("/schema/" + file + ".schema.json")) {
            String text = new String(in.readAllBytes(), UTF_8);
            String moved = LOCAL.matcher(text)
                    .replaceAll(part -> "\"#/components/schemas/" + partName(name, part.group(1)) + "\"");
            return (ObjectNode) MAPPER.readTree(moved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String partName(String whole, String part) {
        return whole + part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
    }

    private static Map<String, Schema> parsed(ObjectNode schemas) {
        ObjectNode document = MAPPER.createObjectNode().put("openapi", "3.1.0");
        document.putObject("components").set("schemas", schemas);
        byte[] text = document.toString().getBytes(UTF_8);
        return SmallRyeOpenAPI.builder()
                .withCustomStaticFile(() -> new ByteArrayInputStream(text))
                .enableStandardStaticFiles(false)
                .enableStandardFilter(false)
                .enableModelReader(false)
                .enableAnnotationScan(false)
                .build()
                .model()
                .getComponents()
                .getSchemas();
    }
}

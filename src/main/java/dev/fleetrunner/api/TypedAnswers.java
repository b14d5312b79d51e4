package dev.fleetrunner.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says of answers what annotations of records cannot: every field is there, which may be null, and errors are problems. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class TypedAnswers implements OASFilter {
    /** The answers of agents' calls, and which of their fields may be null. */
    private static final Map<String, Set<String>> NULLABLE = Map.ofEntries(
            Map.entry(
                    "Task",
                    Set.of(
                            "queuePosition",
                            "progress",
                            "cause",
                            "exitCode",
                            "image",
                            "runtime",
                            "case_id",
                            "task_id",
                            "role",
                            "startedAt",
                            "finishedAt")),
            Map.entry("TaskPage", Set.of("nextCursor")),
            Map.entry("Artifact", Set.of()),
            Map.entry("ArtifactList", Set.of()),
            Map.entry("AddedWorkspace", Set.of()),
            Map.entry("Health", Set.of("runtime")),
            Map.entry("RuntimeBody", Set.of("version", "endpoint", "isolations", "reason")),
            Map.entry("StorageBody", Set.of("free_bytes")),
            Map.entry("Fault", Set.of()));

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        NULLABLE.forEach((name, nullable) -> complete(schemas.get(name), nullable));
        // A problem leaves out what is empty.
        schemas.get("Problem").setRequired(List.of("type", "title", "status", "detail", "code", "retryable"));
        api.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(TypedAnswers::nameProblems));
    }

    private static void complete(Schema answer, Set<String> nullable) {
        answer.setRequired(List.copyOf(answer.getProperties().keySet()));
        nullable.forEach(
                field -> answer.addProperty(field, orNull(answer.getProperties().get(field))));
    }

    private static Schema orNull(Schema known) {
        Schema nothing = OASFactory.createSchema().addType(SchemaType.NULL);
        if (known.getRef() != null) {
            return OASFactory.createSchema().addOneOf(known).addOneOf(nothing);
        }
        List<SchemaType> types = new ArrayList<>(known.getType());
        types.add(SchemaType.NULL);
        known.setType(types);
        return known;
    }

    private static void nameProblems(Operation operation) {
        var responses = operation.getResponses();
        if (responses.getDefaultValue() == null) {
            responses.setDefaultValue(OASFactory.createAPIResponse().description("Refused, and why"));
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.equals("default") || status.startsWith("4") || status.startsWith("5")) {
                nameProblem(response);
            }
        });
    }

    private static void nameProblem(APIResponse response) {
        Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
        response.setContent(OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
    }
}

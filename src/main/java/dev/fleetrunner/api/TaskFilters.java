package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.TaskSearch;
import dev.fleetrunner.store.TaskQuery;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The closed list of filters, as query parameters. */
public class TaskFilters {
    @RestQuery
    @Parameter(
            description =
                    "any of these, separated by commas: pending, running, passed, failed, error, timeout, cancelled")
    String status;

    @RestQuery
    String owner;

    @RestQuery("case_id")
    @Parameter(description = "a trailing * makes it a prefix")
    String caseId;

    @RestQuery("task_id")
    @Parameter(description = "of the caller's context")
    String taskId;

    @RestQuery
    String role;

    @RestQuery
    String image;

    @RestQuery
    String runtime;

    @RestQuery
    @Parameter(description = "key=value; may be given several times")
    List<String> label;

    @RestQuery
    @Parameter(description = "queued at or after, RFC 3339")
    String from;

    @RestQuery
    @Parameter(description = "queued before, RFC 3339")
    String to;

    @RestQuery("id")
    @Parameter(description = "the beginning of the id")
    String idPrefix;

    @RestQuery
    @Parameter(description = "nextCursor of the page before")
    String cursor;

    @RestQuery
    @Parameter(
            description = "how many at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "50"))
    String limit;

    /** The query; refused with {@code INVALID_REQUEST} for values that are none. */
    TaskQuery query() {
        return new TaskSearch(
                        status, owner, caseId, taskId, role, image, runtime, label, from, to, idPrefix, cursor, limit)
                .query();
    }
}

package dev.fleetrunner.api;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The closed list of filters, as query parameters. */
public class TaskFilters {
    static final int DEFAULT_LIMIT = 50;

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
        boolean prefix = caseId != null && caseId.endsWith("*");
        return new TaskQuery(
                statuses(),
                owner,
                prefix ? null : caseId,
                taskId,
                role,
                image,
                runtime,
                labels(),
                instant("from", from),
                instant("to", to),
                idPrefix,
                prefix ? caseId.substring(0, caseId.length() - 1) : null,
                cursor,
                limit());
    }

    private int limit() {
        Long given = Values.number("limit", limit, 1, TaskQuery.MAX_LIMIT);
        return given == null ? DEFAULT_LIMIT : given.intValue();
    }

    private Set<TaskStatus> statuses() {
        Set<TaskStatus> statuses = new HashSet<>();
        if (status != null && !status.isBlank()) {
            for (String word : status.split(",")) {
                try {
                    statuses.add(TaskStatus.of(word.strip()));
                } catch (IllegalArgumentException e) {
                    throw Values.invalid("status must be of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(TaskStatus.values())
                                            .map(TaskStatus::word)
                                            .toList()));
                }
            }
        }
        return statuses;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (String pair : label == null ? List.<String>of() : label) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Values.invalid("label must be key=value");
            }
            if (labels.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw Values.invalid("label " + pair.substring(0, equals) + " is given twice");
            }
        }
        return labels;
    }

    static Instant instant(String name, String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Values.invalid(name + " must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}

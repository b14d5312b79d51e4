package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.AuditSearch;
import dev.fleetrunner.pipeline.Values;
import dev.fleetrunner.store.AuditQuery;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The closed list of filters of the audit, as query parameters. */
public class AuditFilters {
    @RestQuery
    @Parameter(description = "the name of a token or a person")
    String who;

    @RestQuery
    @Parameter(description = "for instance task.submit; docs/audit.md has the list")
    String action;

    @RestQuery
    @Parameter(description = "the id of a task, of a token, a path")
    String target;

    @RestQuery
    @Parameter(description = "ok, denied or failed")
    String outcome;

    @RestQuery
    @Parameter(description = "at or after, RFC 3339")
    String from;

    @RestQuery
    @Parameter(description = "before, RFC 3339")
    String to;

    @RestQuery
    @Parameter(description = "nextCursor of the page before", schema = @Schema(type = SchemaType.INTEGER))
    String cursor;

    @RestQuery
    @Parameter(
            description = "how many at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "50"))
    String limit;

    /** The query of a chain; refused with {@code INVALID_REQUEST} for values that are none. */
    AuditQuery query(String chain) {
        return new AuditSearch(who, action, target, outcome, from, to, cursor, limit).query(chain);
    }

    /** An export has none of them: what is left out could not be told from what was taken out. */
    void refuseAny() {
        if (Stream.of(who, action, target, outcome, from, to, cursor, limit).anyMatch(Objects::nonNull)) {
            throw Values.invalid("an export takes no parameter but after; it is whole, so that it can be verified");
        }
    }
}

package dev.fleetrunner.api;

import dev.fleetrunner.audit.AuditEntry;
import dev.fleetrunner.pipeline.AuditReading;
import dev.fleetrunner.pipeline.Values;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestQuery;

/** Who did what: for administrators. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
public class AuditResource {
    private static final String NDJSON = "application/x-ndjson";

    private final AuditReading audit;
    private final WhoAsks who;

    AuditResource(AuditReading audit, WhoAsks who) {
        this.audit = audit;
        this.who = who;
    }

    /** A page of entries. */
    public record AuditPage(List<AuditEntry> entries, Long nextCursor) {}

    /**
     * The newest entry.
     *
     * @param head sequence and hash as {@code scripts/audit-verify --head} takes them
     */
    @Schema(name = "AuditHead", description = "The newest entry")
    public record Head(String runner, long sequence, String hash, String head) {
        static Head of(String runner, Row row) {
            return new Head(runner, row.sequence(), row.hash(), row.sequence() + ":" + row.hash());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Entries, newest first",
            description =
                    "With `Accept: application/x-ndjson` an export in the order of the chain, a line for each entry, "
                            + "without filters; `after` leaves out what is known already. An export can be verified.")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "of an export: the sequence number of the last entry that is known already",
            schema = @Schema(type = SchemaType.INTEGER))
    @APIResponse(
            responseCode = "200",
            description = "The entries",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AuditPage.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = AuditEntry.class))
            })
    @APIResponse(responseCode = "403", description = "Not an administrator")
    public Uni<Buffer> page(@BeanParam AuditFilters filters, @Parameter(hidden = true) @RestQuery String after) {
        if (after != null) {
            throw Values.invalid("after is for exports: send Accept: application/x-ndjson, or use cursor");
        }
        return audit.find(who.caller(), filters::query).map(AuditResource::json);
    }

    /** Entries are given out as they were written, so that what is read here is what was hashed. */
    private static Buffer json(Page page) {
        Buffer body = Buffer.buffer("{\"entries\":[");
        String separator = "";
        for (Row row : page.entries()) {
            body.appendString(separator).appendBytes(row.entry());
            separator = ",";
        }
        return body.appendString("],\"nextCursor\":" + page.nextCursor() + "}");
    }

    @GET
    @Produces(NDJSON + ";qs=0.5")
    @Operation(hidden = true)
    public RestMulti<Buffer> export(@BeanParam AuditFilters filters, @RestQuery String after) {
        filters.refuseAny();
        Long known = Values.number("after", after, 0, Values.LARGEST);
        long from = known == null ? 0 : known;
        return RestMulti.fromUniResponse(
                audit.export(who.caller(), from),
                lines -> lines.map(AuditResource::withoutLastNewline),
                lines -> Map.of("Content-Type", List.of(NDJSON)));
    }

    /** Quarkus writes one behind every item of this type. */
    private static Buffer withoutLastNewline(byte[] lines) {
        return Buffer.buffer(lines).slice(0, lines.length - 1);
    }

    @GET
    @Path("/head")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The newest entry's number and hash",
            description = "Note it elsewhere: what it says cannot be taken back without being found out.")
    public Uni<Head> head() {
        return audit.head(who.caller())
                .map(head -> Head.of(audit.runner(), head.orElseThrow(() -> Values.invalid("nothing is written yet"))));
    }
}

package dev.fleetrunner.api;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.audit.AuditEntry;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
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

    private final Audit audit;
    private final SecurityIdentity identity;

    AuditResource(Audit audit, SecurityIdentity identity) {
        this.audit = audit;
        this.identity = identity;
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
        refuseUnlessAdmin();
        if (after != null) {
            throw Values.invalid("after is for exports: send Accept: application/x-ndjson, or use cursor");
        }
        return audit.find(filters::query).map(AuditResource::json);
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
    public RestMulti<Buffer> export(
            @BeanParam AuditFilters filters, @RestQuery String after, @Context HttpServerRequest request) {
        Caller caller = refuseUnlessAdmin(request.remoteAddress().hostAddress());
        filters.refuseAny();
        Long known = Values.number("after", after, 0, Values.LARGEST);
        long from = known == null ? 0 : known;
        Act act = Act.by(caller, AuditAction.AUDIT_EXPORT, null).with("after", Long.toString(from));
        return RestMulti.fromUniResponse(
                audit.record(act).replaceWith(from),
                start -> audit.export(start).map(AuditResource::withoutLastNewline),
                start -> Map.of("Content-Type", List.of(NDJSON)));
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
        refuseUnlessAdmin();
        return audit.head()
                .map(head -> Head.of(audit.runner(), head.orElseThrow(() -> Values.invalid("nothing is written yet"))));
    }

    private void refuseUnlessAdmin() {
        refuseUnlessAdmin(null);
    }

    private Caller refuseUnlessAdmin(String address) {
        if (!identity.hasRole(AccessRole.ADMIN.word())) {
            throw Refusal.of(CauseCode.FORBIDDEN.because("the audit is for administrators"));
        }
        return new Caller(identity.getPrincipal().getName(), AccessRole.ADMIN, Caller.Share.WHOLE, address);
    }
}

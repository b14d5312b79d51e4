package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.store.AuditQuery;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** The use cases of the audit: an administrator reads it. */
public final class AuditReading {
    private static final String READ = "read the audit";

    private final Audit audit;
    private final Access access;

    public AuditReading(Audit audit) {
        this.audit = audit;
        this.access = new Access(audit);
    }

    /** Whose chain it is: the instance id. */
    public String runner() {
        return audit.runner();
    }

    /** A page, newest first; the query is made for this runner's chain, once it is clear that the caller may ask. */
    public Uni<Page> find(Caller caller, Function<String, AuditQuery> query) {
        return allowed(caller).chain(() -> audit.find(query));
    }

    /** Lines of NDJSON in the order of the chain, behind a sequence number; that it was asked for is durable before. */
    public Uni<Multi<byte[]>> export(Caller caller, long after) {
        Act act = Act.by(caller, AuditAction.AUDIT_EXPORT, null).with("after", Long.toString(after));
        return allowed(caller).chain(() -> audit.record(act)).map(written -> audit.export(after));
    }

    /** The newest entry; empty before the first. */
    public Uni<Optional<Row>> head(Caller caller) {
        return allowed(caller).chain(audit::head);
    }

    private Uni<Void> allowed(Caller caller) {
        return Uni.createFrom().voidItem().invoke(() -> access.toAdminister(caller, READ));
    }
}

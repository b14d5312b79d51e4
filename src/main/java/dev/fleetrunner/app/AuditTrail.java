package dev.fleetrunner.app;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.Journal;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The audit from the start of the service to its stop, with both of them in it. Its head is logged, so that whoever keeps
 * the service's log elsewhere can prove that nothing was cut off.
 */
final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Audit audit;
    private volatile long told;

    private AuditTrail(Audit audit) {
        this.audit = audit;
    }

    /** Begins with the entry of the start. Waits until it is durable. */
    static AuditTrail open(AuditStore store, Journal.Epoch epoch, Clock clock) {
        var trail = new AuditTrail(new Audit(store, epoch, clock));
        trail.audit
                .record(Act.ofService(AuditAction.SERVICE_START, epoch.instance())
                        .with("epoch", Long.toString(epoch.number())))
                .chain(trail::tell)
                .await()
                .atMost(LIMIT);
        return trail;
    }

    Audit audit() {
        return audit;
    }

    /** Logs the head if it has moved. Never fails. */
    Uni<Void> tell() {
        return audit.head()
                .invoke(head -> head.filter(row -> row.sequence() > told).ifPresent(row -> {
                    told = row.sequence();
                    LOG.infof("the audit of %s stands at %d:%s", audit.runner(), row.sequence(), row.hash());
                }))
                .onFailure()
                .invoke(failure -> LOG.warnf("the audit does not tell where it stands: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Ends with the entry of the stop. */
    @Override
    public void close() {
        audit.settleAll()
                .chain(() -> audit.record(Act.ofService(AuditAction.SERVICE_STOP, audit.runner())))
                .chain(this::tell)
                .await()
                .atMost(LIMIT);
    }
}

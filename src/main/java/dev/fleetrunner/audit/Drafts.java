package dev.fleetrunner.audit;

import dev.fleetrunner.store.AuditStore.Cut;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Acts as the store takes them. */
final class Drafts {
    private Drafts() {}

    static Draft of(Act act, Instant at) {
        return new Draft(
                at, act.who(), act.action().word(), act.target(), act.outcome().word(), (chain, sequence, previous) -> {
                    AuditEntry entry = AuditEntry.of(act, at, chain, sequence, previous);
                    return new Sealed(Canonical.json(entry).getBytes(StandardCharsets.UTF_8), entry.hash());
                });
    }

    /** What retention leaves: it commits to what went, and to the checkpoint before it. */
    static Draft of(Cut cut, Instant at) {
        Act act = Act.ofService(AuditAction.CHECKPOINT, null)
                .with("through", Long.toString(cut.through()))
                .with("hash", cut.hash())
                .with("removed", Long.toString(cut.removed()));
        return of(
                cut.before() == null
                        ? act
                        : act.with(
                                "before",
                                cut.before().sequence() + ":" + cut.before().hash()),
                at);
    }
}

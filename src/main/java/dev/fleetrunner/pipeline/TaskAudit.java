package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.task.TaskEvent.Submitted;
import io.smallrye.mutiny.Uni;
import java.util.stream.Collectors;

/** What the audit says of tasks: of a spec no more than its image and its hash. */
record TaskAudit(Audit audit) {

    /** Refuses what a role does not allow, and tells it. */
    Access access() {
        return new Access(audit);
    }

    /** Goes with the event of a submission. */
    Draft submitted(Caller caller, String id, Submitted submitted) {
        boolean again = submitted.rerunOf() != null;
        return audit.draft(Act.by(caller, again ? AuditAction.RERUN : AuditAction.SUBMIT, id)
                .under(submitted.grant().rule())
                .with("of", submitted.rerunOf())
                .with("image", submitted.spec().image())
                .with("spec", submitted.specHash()));
    }

    /** Goes with the event of a wish to cancel. */
    Draft cancelled(Caller caller, String id) {
        return audit.draft(Act.by(caller, AuditAction.CANCEL, id));
    }

    /** Content of a task leaves the house; who reads it again and again is told once a minute. */
    void downloaded(Caller caller, AuditAction action, String target) {
        audit.note(Act.by(caller, action, target));
    }

    /** Fails with the failure of an admission; a denial is durable before. */
    <T> Uni<T> refused(Caller caller, AuditAction action, String target, Throwable failure) {
        boolean denied = failure instanceof Refusal refusal && refusal.reason().code() == CauseCode.POLICY_DENIED;
        Uni<Void> told = denied
                ? audit.often(denial(caller, action, target, (Refusal) failure))
                : Uni.createFrom().voidItem();
        return told.onFailure().transform(StoreTrouble::refusal).chain(() -> Uni.createFrom()
                .<T>failure(failure));
    }

    private static Act denial(Caller caller, AuditAction action, String target, Refusal refusal) {
        String fields = refusal.faults().stream().map(Fault::pointer).collect(Collectors.joining(","));
        return Act.by(caller, action, target).denied(refusal.rule()).with("fields", fields.isEmpty() ? null : fields);
    }
}

package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a caller's role allows. Every use case asks here, so that no door can forget to, and what is refused for the role
 * is told to the audit.
 */
record Access(Audit audit) {

    /** Refuses a caller that may not hand in work. */
    void toSubmit(Caller caller) {
        require(caller, "submit", AccessRole::submits);
    }

    /** Refuses a caller that sees only what is its own. */
    void toSeeAll(Caller caller, String what) {
        require(caller, what, AccessRole::seesAll);
    }

    /** Refuses a caller that may not look after what belongs to all. */
    void toChangeAll(Caller caller, String what) {
        require(caller, what, AccessRole::changesAll);
    }

    /** Refuses a caller that does not administer the service. */
    void toAdminister(Caller caller, String what) {
        require(caller, what, AccessRole.ADMIN::equals);
    }

    /** Refuses a caller that does not see the task, as if there were none. */
    static void toSee(Caller caller, String taskId, String owner) {
        if (!caller.sees(owner)) {
            throw Refusal.noTask(taskId);
        }
    }

    /** Refuses a caller that may not cancel the task and run it again. */
    void toChange(Caller caller, String taskId, String owner) {
        toSee(caller, taskId, owner);
        if (!caller.changes(owner)) {
            throw forbidden(caller, "change tasks", taskId, AccessRole::submits);
        }
    }

    private void require(Caller caller, String what, Predicate<AccessRole> allowed) {
        if (!allowed.test(caller.role())) {
            throw forbidden(caller, what, null, allowed);
        }
    }

    private Refusal forbidden(Caller caller, String what, String taskId, Predicate<AccessRole> allowed) {
        audit.note(Act.by(caller, AuditAction.CALL, what).denied(null).with("task", taskId));
        String those = Arrays.stream(AccessRole.values())
                .filter(allowed)
                .map(AccessRole::word)
                .collect(Collectors.joining(", "));
        return Refusal.of(CauseCode.FORBIDDEN.because(
                "the role " + caller.role().word() + " may not " + what + "; these may: " + those));
    }
}

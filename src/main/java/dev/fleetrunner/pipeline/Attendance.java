package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.Caller;

/**
 * Who came in, who was turned away and who left, told to the audit. Nobody waits for the entries, and the same again within
 * a minute is counted.
 */
public final class Attendance {
    private final Audit audit;

    public Attendance(Audit audit) {
        this.audit = audit;
    }

    /** A person has a session now. */
    public void signedIn(Caller caller) {
        audit.note(Act.by(caller, AuditAction.SIGN_IN, null));
    }

    /** A person has ended a session. */
    public void signedOut(Caller caller) {
        audit.note(Act.by(caller, AuditAction.SIGN_OUT, null));
    }

    /**
     * Somebody is not known, or what a provider says of somebody does not hold.
     *
     * @param address null if it is not known
     */
    public void turnedAway(String address) {
        audit.note(Act.from(address, AuditAction.SIGN_IN, null).denied(null));
    }

    /**
     * A provider knows a person who is not let in here.
     *
     * @param name the person's here; null if there is none that could be used
     * @param address null if it is not known
     * @param reason in a sentence of ours
     */
    public void notLetIn(String name, String address, String reason) {
        audit.note(Act.named(name, address, AuditAction.SIGN_IN).denied(null).with("reason", reason));
    }

    /** A role did not allow a call that no use case sees. */
    public void forbidden(Caller caller, String what) {
        audit.note(Act.by(caller, AuditAction.CALL, what).denied(null));
    }
}

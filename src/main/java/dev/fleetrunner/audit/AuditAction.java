package dev.fleetrunner.audit;

import java.util.Arrays;
import java.util.Optional;

/** The closed list of what the audit knows of. A word is never changed once released. */
public enum AuditAction {
    /** A task was handed in, or would have been. */
    SUBMIT("task.submit"),
    /** The spec of an earlier task was handed in again. */
    RERUN("task.rerun"),
    CANCEL("task.cancel"),
    /** A task's log was read, in any form, live too. */
    LOG_DOWNLOAD("log.download"),
    /** One file that a task left behind was read. */
    ARTIFACT_DOWNLOAD("artifact.download"),
    /** All files that a task left behind were read at once. */
    ZIP_DOWNLOAD("artifacts.download"),
    WORKSPACE_UPLOAD("workspace.upload"),
    WORKSPACE_DELETE("workspace.delete"),
    /** Somebody showed a token that is not known, or signed in as a person. */
    SIGN_IN("sign-in"),
    /** A person ended a session. */
    SIGN_OUT("sign-out"),
    /** A call that the caller's role does not allow. */
    CALL("call"),
    TOKEN_CREATE("token.create"),
    TOKEN_REVOKE("token.revoke"),
    /** A policy file was read: it holds from then on, or was refused. */
    POLICY_LOAD("policy.load"),
    AUDIT_EXPORT("audit.export"),
    /** Retention removed entries; told by the entry itself, which stays for ever. */
    CHECKPOINT("audit.checkpoint"),
    SERVICE_START("service.start"),
    SERVICE_STOP("service.stop");

    private final String word;

    AuditAction(String word) {
        this.word = word;
    }

    /** The word of entries and filters. */
    public String word() {
        return word;
    }

    /** The action of a word; empty if there is none. */
    public static Optional<AuditAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word.equals(word))
                .findFirst();
    }
}

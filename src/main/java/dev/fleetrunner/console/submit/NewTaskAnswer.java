package dev.fleetrunner.console.submit;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.policy.Decision;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The page for what came of a draft. */
record NewTaskAnswer(String address) {
    NewTaskAnswer(UriInfo uri) {
        this(uri.getBaseUri().toString().replaceAll("/$", ""));
    }

    TemplateInstance shown(Draft draft) {
        return withMore(draft, "");
    }

    /**
     * With room for more rows.
     *
     * @param more what they are of
     */
    TemplateInstance withMore(Draft draft, String more) {
        List<FaultLine> none = List.of();
        return page(new NewTask(draft, parts(draft, more, none), null, null, none, Preview.NONE, false, address));
    }

    TemplateInstance explained(Draft draft, Decision decision, boolean focus) {
        List<FaultLine> denials = draft.placed(decision.denials());
        return said(draft, Preview.of(decision, denials), denials, focus);
    }

    TemplateInstance notExplained(Draft draft, Refusal refusal, boolean focus) {
        List<FaultLine> faults = draft.placed(refusal.faults());
        return said(draft, Preview.refused(refusal.reason().message(), faults), faults, focus);
    }

    private TemplateInstance said(Draft draft, Preview preview, List<FaultLine> faults, boolean focus) {
        return page(new NewTask(draft, parts(draft, "", faults), null, null, faults, preview, focus, address));
    }

    /** What was sent under a key that has its task already gets another: it is changed since, and so a new task. */
    TemplateInstance refused(Draft draft, Refusal refusal) {
        boolean used = refusal.reason().code() == CauseCode.IDEMPOTENCY_MISMATCH;
        Draft kept = used ? draft.withKey(Draft.newKey()) : draft;
        var cause = used
                ? refusal.reason()
                        .withRemedy(
                                "this page has submitted it; to run what you changed since as a new task, press “Run it” again")
                : refusal.reason();
        List<FaultLine> faults = kept.placed(refusal.faults());
        return page(
                new NewTask(kept, parts(kept, "", faults), cause, refusal.rule(), faults, Preview.NONE, true, address));
    }

    private static TemplateInstance page(NewTask page) {
        return NewTaskPage.Templates.form(page);
    }

    private static List<FormView.PartView> parts(Draft draft, String more, List<FaultLine> faults) {
        return draft.json() ? List.of() : new FormView(draft.typed(), more, faults).parts();
    }

    /** As REST has it. */
    static int status(Refusal refusal) {
        return switch (refusal.reason().code()) {
            case INVALID_SPEC, INVALID_REQUEST -> 400;
            case POLICY_DENIED -> 403;
            case IDEMPOTENCY_MISMATCH -> 409;
            case NOT_SUPPORTED, MOUNT_INVALID -> 422;
            case QUEUE_FULL -> 429;
            case STORAGE_FULL -> 507;
            default -> 500;
        };
    }
}

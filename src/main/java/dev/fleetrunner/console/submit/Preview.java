package dev.fleetrunner.console.submit;

import dev.fleetrunner.policy.Change;
import dev.fleetrunner.policy.Decision;
import java.util.List;

/**
 * What the policy says of the spec, or why it cannot say anything yet.
 *
 * @param state passed, failed, or pending while nobody has asked
 * @param mark a sign for the state
 * @param faults denials or faults
 * @param image that would run; null if that is not known
 */
record Preview(String state, String mark, String words, List<FaultLine> faults, List<Change> changes, String image) {
    static final Preview NONE = new Preview(
            "pending", "○", "“Check” tells what the policy says of it. Nothing is run.", List.of(), List.of(), null);

    static Preview of(Decision decision, List<FaultLine> denials) {
        String by = decision.rule() == null
                ? "no rule of the policy"
                : "rule " + decision.rule() + " (profile " + decision.profile() + ")";
        return decision.allowed()
                ? new Preview(
                        "passed",
                        "✓",
                        "Allowed by " + by + ".",
                        denials,
                        decision.changes(),
                        decision.spec().image())
                : new Preview("failed", "✗", "Denied by " + by + ".", denials, decision.changes(), null);
    }

    static Preview refused(String message, List<FaultLine> faults) {
        return new Preview("failed", "!", message + ".", faults, List.of(), null);
    }
}

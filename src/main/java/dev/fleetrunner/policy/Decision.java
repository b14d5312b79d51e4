package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a policy says of a spec.
 *
 * @param rule the name of the rule that decided; null if none fits
 * @param profile the name of the profile that the rule gives; null if none fits
 * @param denials what may not be, each with the rule's name; empty if the spec is allowed
 * @param changes what the policy changes
 * @param spec the spec with the changes
 * @param grant what the task is given; null if it is denied
 */
public record Decision(
        String rule, String profile, List<Fault> denials, List<Change> changes, TaskSpec spec, Grant grant) {
    public Decision {
        denials = List.copyOf(denials);
        changes = List.copyOf(changes);
    }

    /** The same, but for one more denial. */
    public Decision denied(Fault denial) {
        List<Fault> all = new ArrayList<>(denials);
        all.add(denial);
        return new Decision(rule, profile, all, changes, spec, null);
    }

    /** Whether the spec may run. */
    public boolean allowed() {
        return denials.isEmpty();
    }
}

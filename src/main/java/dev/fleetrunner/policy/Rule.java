package dev.fleetrunner.policy;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.contract.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a profile to those whom it fits. A condition that is empty fits all.
 *
 * @param roles access roles, any of them
 * @param owners names of callers, any of them
 * @param labels of the task, every one of them
 */
record Rule(String name, Set<AccessRole> roles, List<Glob> owners, Map<String, Glob> labels, Profile profile) {

    boolean fits(Caller caller, TaskSpec spec) {
        return (roles.isEmpty() || roles.contains(caller.role()))
                && (owners.isEmpty() || Glob.any(owners, caller.name()))
                && labels.entrySet().stream().allMatch(label -> fits(label, spec));
    }

    private static boolean fits(Map.Entry<String, Glob> label, TaskSpec spec) {
        String value = spec.labels().get(label.getKey());
        return value != null && label.getValue().matches(value);
    }
}

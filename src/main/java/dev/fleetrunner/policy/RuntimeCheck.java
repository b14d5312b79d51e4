package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.contract.TaskSpec;

/** The runtime that the spec names, and the wall. */
final class RuntimeCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        TaskSpec spec = hearing.spec();
        Profile profile = hearing.profile();
        if (!spec.runtime().equals(TaskSpec.AUTO) && !Glob.any(profile.runtimes(), spec.runtime())) {
            hearing.deny("/runtime", "runtime " + spec.runtime(), "runtimes: " + Glob.words(profile.runtimes()));
        }
        String usual = profile.isolation().get(0);
        if (spec.isolation().equals(TaskSpec.DEFAULT_ISOLATION)) {
            if (!usual.equals(TaskSpec.DEFAULT_ISOLATION)) {
                hearing.change("/isolation", spec.isolation(), usual, "the wall for all", spec.withIsolation(usual));
            }
        } else if (!profile.isolation().contains(spec.isolation())) {
            hearing.deny(
                    "/isolation",
                    "isolation " + spec.isolation(),
                    "isolation: " + String.join(", ", profile.isolation()));
        }
    }
}

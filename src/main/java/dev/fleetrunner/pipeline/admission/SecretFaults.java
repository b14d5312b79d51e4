package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.secret.Secrets;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Finds in a spec the secrets that cannot be had, and mounts in their place. Nobody is told more than their names. */
final class SecretFaults {
    private SecretFaults() {}

    static Uni<List<Fault>> in(TaskSpec spec, Secrets secrets) {
        if (spec.env().values().stream().noneMatch(EnvValue.SecretRef.class::isInstance)) {
            return Uni.createFrom().item(List.of());
        }
        return secrets.judge(spec.env()).map(wrong -> {
            List<Fault> faults = new ArrayList<>();
            wrong.forEach((variable, why) ->
                    faults.add(new Fault("/env/" + variable + "/secretRef", why.getMessage(), why.remedy())));
            faults.addAll(inTheirPlace(spec.mounts()));
            return faults;
        });
    }

    private static List<Fault> inTheirPlace(List<Mount> mounts) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < mounts.size(); i++) {
            String target = mounts.get(i).target();
            if (target.equals(ContainerSpec.SECRETS) || target.startsWith(ContainerSpec.SECRETS + "/")) {
                faults.add(new Fault(
                        "/mounts/" + i + "/target",
                        "lies in " + ContainerSpec.SECRETS + ", which holds the task's secrets",
                        "mount it elsewhere"));
            }
        }
        return faults;
    }
}

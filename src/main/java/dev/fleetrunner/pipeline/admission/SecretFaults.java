package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.secret.Secrets;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Finds in a spec the secrets that cannot be had. Nobody is told more than their names. */
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
            return faults;
        });
    }
}

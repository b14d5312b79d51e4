package dev.fleetrunner.policy;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.json.Pointer;

/** Every secret that the task is to be given. */
final class SecretCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        hearing.spec().env().forEach((variable, value) -> {
            if (value instanceof EnvValue.SecretRef secret
                    && !Glob.any(hearing.profile().secrets(), secret.name())) {
                hearing.deny(
                        Pointer.of("env", variable),
                        "the secret " + secret.name(),
                        "secrets: " + Glob.words(hearing.profile().secrets()));
            }
        });
    }
}

package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Secrets in the environment of the service: {@code pypi-token} with the prefix {@code TASK_} is {@code TASK_pypi_token}. */
public final class EnvironmentSecrets implements SecretSource {
    private final String prefix;
    private final Map<String, String> environment;

    /**
     * @param prefix what the names of the variables begin with; not empty, as a task could read any variable then
     */
    public EnvironmentSecrets(String prefix, Map<String, String> environment) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("secrets in the environment need a prefix");
        }
        this.prefix = prefix;
        this.environment = environment;
    }

    @Override
    public Uni<Optional<SecretValue>> find(String name) {
        return Uni.createFrom()
                .item(Optional.ofNullable(environment.get(prefix + name.replaceAll("[.-]", "_")))
                        .map(text -> new SecretValue(text.getBytes(StandardCharsets.UTF_8))));
    }
}

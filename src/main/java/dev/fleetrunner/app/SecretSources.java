package dev.fleetrunner.app;

import dev.fleetrunner.secret.DirectorySecrets;
import dev.fleetrunner.secret.EnvironmentSecrets;
import dev.fleetrunner.secret.SecretSource;
import dev.fleetrunner.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Where the operator keeps secrets: none unless a setting says where. */
final class SecretSources {
    private SecretSources() {}

    static Secrets of(FleetConfig.Secrets config, Executor worker) {
        List<SecretSource> sources = new ArrayList<>();
        config.dir().ifPresent(directory -> sources.add(new DirectorySecrets(directory, worker)));
        config.envPrefix().ifPresent(prefix -> sources.add(new EnvironmentSecrets(prefix, System.getenv())));
        return new Secrets(sources, worker);
    }
}

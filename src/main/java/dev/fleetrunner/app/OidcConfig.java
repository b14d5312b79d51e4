package dev.fleetrunner.app;

import dev.fleetrunner.contract.AccessRole;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How people sign in with a provider's account; where it is, and who we are to it, are settings of Quarkus. */
public interface OidcConfig {
    /** Whether they may. */
    @WithDefault("false")
    boolean enabled();

    /** What the sign-in page calls the provider. */
    @WithDefault("single sign-on")
    String provider();

    /** The claim that names a person. */
    @WithDefault("email")
    String nameClaim();

    /** The claim with a person's groups; a slash leads into an object. */
    @WithDefault("groups")
    String roleClaim();

    /** Which role a group gives; who is in none of them is not let in. */
    Map<String, AccessRole> roles();

    /** How long a session lasts before the provider is asked again. */
    @WithDefault("1h")
    Duration session();
}

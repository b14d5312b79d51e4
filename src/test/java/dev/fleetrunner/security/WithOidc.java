package dev.fleetrunner.security;

import dev.fleetrunner.service.ServiceProfile;
import java.util.List;

/** A service that finds no engine, and lets people in who have an account at {@link OidcProvider}. */
public final class WithOidc extends ServiceProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OidcProvider.class));
    }
}

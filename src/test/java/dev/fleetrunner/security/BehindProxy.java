package dev.fleetrunner.security;

import dev.fleetrunner.service.ServiceProfile;
import java.util.Map;

/** A service with a name, behind a proxy that it trusts. */
public final class BehindProxy extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = super.getConfigOverrides();
        settings.put("fleet.http.hosts", "fleet.example");
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.http.proxy.enable-forwarded-host", "true");
        settings.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        return settings;
    }
}

package dev.fleetrunner.service;

import java.util.Map;

/** A service that wants more disk than there is, and finds no engine. */
public final class WithoutRoom extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = super.getConfigOverrides();
        settings.put("fleet.storage.min-free", "7E");
        settings.put("fleet.retention.every", "1s");
        return settings;
    }
}

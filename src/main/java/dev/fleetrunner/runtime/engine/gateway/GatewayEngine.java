package dev.fleetrunner.runtime.engine.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The engine behind the gateway.
 *
 * @param instance the runner's, put on all that is made
 * @param socket the engine's
 * @param api what every URI begins with: the version of the API
 * @param podman whether it is Podman, which has no names for containers without a way out, and other words for networks
 * @param calls asks it
 * @param logConfig of every container, as the API takes it
 * @param ulimits of every container, as the API takes them
 * @param worker for files and programs
 */
public record GatewayEngine(
        String instance,
        Path socket,
        String api,
        boolean podman,
        EngineCalls calls,
        Map<String, Object> logConfig,
        List<Map<String, Object>> ulimits,
        Executor worker) {

    private static final int CALLS_AT_ONCE = 8;

    /** The same engine for one task, which gets no more than its turns. */
    GatewayEngine inTurns() {
        return new GatewayEngine(
                instance, socket, api, podman, new InTurns(calls, CALLS_AT_ONCE), logConfig, ulimits, worker);
    }
}

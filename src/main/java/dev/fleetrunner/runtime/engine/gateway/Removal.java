package dev.fleetrunner.runtime.engine.gateway;

import io.smallrye.mutiny.Uni;

/**
 * Removes a container whatever it does. It is killed first: Podman's removal by force asks politely before, and where a stop
 * is under way already it forgets the container and leaves its processes running.
 */
final class Removal {
    private Removal() {}

    /** The engine's answer to the removal; anonymous volumes go, too. */
    static Uni<EngineReply> byForce(EngineCalls calls, String uri) {
        return calls.call("POST", uri + "/kill?signal=KILL", null)
                .chain(killedOrNotRunning -> calls.call("DELETE", uri + "?force=1&v=1", null));
    }
}

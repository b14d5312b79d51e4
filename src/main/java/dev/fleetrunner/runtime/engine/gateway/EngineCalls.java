package dev.fleetrunner.runtime.engine.gateway;

import io.smallrye.mutiny.Uni;

/** How the gateway asks the engine for what is short. */
public interface EngineCalls {

    /**
     * One call; an answer of any status is an answer, an engine that is away is a failure.
     *
     * @param uri with the API's version
     * @param json the body; null for none
     */
    Uni<EngineReply> call(String method, String uri, Object json);
}

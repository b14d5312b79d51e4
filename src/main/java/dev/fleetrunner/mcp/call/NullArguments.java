package dev.fleetrunner.mcp.call;

import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.runtime.McpRequest;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Objects;

/**
 * Takes an argument that is null for one that is left out: models fill in every argument that they are told of. The
 * library, which takes no nulls, has this place for looking at a request before its own code does.
 */
@Singleton
class NullArguments implements McpRequestValidator {

    @Override
    public <R extends McpRequest> Future<Boolean> validate(JsonObject message, R request, McpMethod method) {
        boolean called = method == McpMethod.TOOLS_CALL || method == McpMethod.PROMPTS_GET;
        if (called
                && message.getValue("params") instanceof JsonObject parameters
                && parameters.getValue("arguments") instanceof JsonObject arguments) {
            arguments.getMap().values().removeIf(Objects::isNull);
        }
        return Future.succeededFuture(true);
    }
}

package dev.fleetrunner.mcp.call;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.security.WhoAsks;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Offers every {@link AgentTool} to clients. */
@Singleton
class ToolRegistration {
    private final ToolManager manager;
    private final List<AgentTool> tools;
    private final WhoAsks who;
    private final CurrentVertxRequest request;

    ToolRegistration(ToolManager manager, @All List<AgentTool> tools, WhoAsks who, CurrentVertxRequest request) {
        this.manager = manager;
        this.tools = tools;
        this.who = who;
        this.request = request;
    }

    void register(@Observes StartupEvent start) {
        tools.forEach(this::register);
    }

    private void register(AgentTool tool) {
        Definition definition = Definition.of(tool.name());
        manager.newTool(tool.name())
                .setTitle(definition.title())
                .setDescription(definition.description())
                .setAnnotations(definition.annotations())
                .setInputSchema(definition.input())
                .setOutputSchema(definition.output())
                .setAsyncHandler(arguments -> call(tool, arguments))
                .register();
    }

    private Uni<ToolResponse> call(AgentTool tool, ToolArguments given) {
        var client = new WaitingClient(given, request.getCurrent());
        return Uni.createFrom()
                .deferred(() ->
                        tool.call(new ToolCall(who.caller(), new Arguments(tool.name(), arguments(given)), client)))
                .map(answer -> response(answer, false))
                .onFailure(failure -> !client.isEnd(failure))
                .recoverWithItem(failure -> response(ToolError.of(tool.name(), failure), true));
    }

    private static String arguments(ToolArguments given) {
        JsonObject parameters = given.rawMessage().asJsonObject().getJsonObject("params");
        Object arguments = parameters.getValue("arguments");
        return arguments == null ? null : io.vertx.core.json.Json.encode(arguments);
    }

    private static ToolResponse response(Answer answer, boolean error) {
        Map<String, Object> structured = answer.structured();
        return new ToolResponse(error, List.of(new TextContent(answer.text())), structured, null);
    }
}

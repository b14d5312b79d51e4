package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands in a task's own containers. Whose container a command is in, the engine is asked each time. */
final class ExecCalls {
    private static final String ID = "[0-9a-f]{64}";
    private static final List<String> PASSING =
            List.of("AttachStdin", "AttachStdout", "AttachStderr", "DetachKeys", "Tty", "Cmd", "User", "WorkingDir");
    private static final Set<String> SEEN = Set.of("Env", "Container", "containerId", "Detach", "ConsoleSize", "Id");

    private final GatewayEngine engine;
    private final Children children;
    private final Views views;

    ExecCalls(GatewayEngine engine, Children children, Marks marks) {
        this.engine = engine;
        this.children = children;
        this.views = new Views(marks);
    }

    Routes into(Routes routes) {
        return routes.on("POST", "containers/*/exec", this::create)
                .on("POST", "exec/*/start", this::start)
                .on("GET", "exec/*/json", call -> own(call.name()).map(found -> Reply.json(200, views.plain(found))))
                .on("POST", "exec/*/resize", call -> own(call.name())
                        .chain(found ->
                                engine.calls().call("POST", uri(call) + "/resize" + call.passing("h", "w"), null))
                        .map(reply -> Reply.empty(reply.orRefuse().status())));
    }

    private Uni<Reply> create(Call call) {
        Map<String, Object> document = new LinkedHashMap<>();
        call.body().properties().forEach(each -> {
            if (PASSING.contains(each.getKey())) {
                document.put(each.getKey(), each.getValue());
            } else if (!SEEN.contains(each.getKey()) && !Json.isNothing(each.getValue())) {
                throw Refusal.forbidden("the command's " + each.getKey() + " is not open to tasks; leave it out");
            }
        });
        document.put("Env", Environment.of(call.body().path("Env")));
        return children.find(call.name())
                .chain(child -> engine.calls().call("POST", children.uri(child) + "/exec", document))
                .map(reply -> Reply.json(
                        201, Map.of("Id", reply.orRefuse().json().path("Id").asText())));
    }

    private Uni<JsonNode> own(String id) {
        if (!id.matches(ID)) {
            throw Refusal.notFound("exec instance", id);
        }
        return engine.calls()
                .call("GET", engine.api() + "/exec/" + id + "/json", null)
                .map(reply -> {
                    if (reply.status() == 404) {
                        throw Refusal.notFound("exec instance", id);
                    }
                    return reply.orRefuse().json();
                })
                .chain(found -> children.find(found.path("ContainerID").asText())
                        .replaceWith(found)
                        .onFailure(Refusal.class)
                        .transform(foreign -> Refusal.notFound("exec instance", id)));
    }

    private String uri(Call call) {
        return engine.api() + "/exec/" + call.name();
    }

    private Uni<Reply> start(Call call) {
        Map<String, Object> document = Map.of(
                "Detach", call.body().path("Detach").asBoolean(),
                "Tty", call.body().path("Tty").asBoolean());
        return own(call.name())
                .map(found -> new Reply.Relay(
                        "POST", uri(call) + "/start", Json.bytes(document), false, call.upgrade(), null));
    }
}

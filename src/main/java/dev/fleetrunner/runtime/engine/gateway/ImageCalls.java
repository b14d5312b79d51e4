package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images: those that are there may be looked at and used; none is made or removed, and one is pulled only where allowed. */
final class ImageCalls {
    private final GatewayEngine engine;
    private final GatewayLimits limits;

    ImageCalls(GatewayEngine engine, GatewayLimits limits) {
        this.engine = engine;
        this.limits = limits;
    }

    Routes into(Routes routes) {
        return routes.on("GET", "images/json", call -> list())
                .on("POST", "images/create", this::pull)
                // Testcontainers asks for it at its end; there is nothing of the task's to be removed.
                .on("POST", "images/prune", call -> Uni.createFrom()
                        .item(Reply.json(200, Map.of("ImagesDeleted", List.of(), "SpaceReclaimed", 0))))
                .on("GET", "images/*/json", call -> inspect(call.name()));
    }

    private Uni<Reply> list() {
        return engine.calls().call("GET", engine.api() + "/images/json", null).map(reply -> {
            List<JsonNode> rows = new ArrayList<>();
            reply.orRefuse().json().forEach(row -> {
                if (row.path("RepoTags").size() > 0
                        && !row.path("RepoTags").toString().contains("/fleetrunner-seed-")) {
                    Marks.hide(row.path("Labels"));
                    rows.add(row);
                }
            });
            return Reply.json(200, rows);
        });
    }

    private Uni<Reply> inspect(String image) {
        return engine.calls()
                .call("GET", engine.api() + "/images/" + image + "/json", null)
                .map(reply -> {
                    if (reply.status() == 404) {
                        throw Refusal.notFound("image", image);
                    }
                    JsonNode found = reply.orRefuse().json();
                    if (found instanceof ObjectNode object) {
                        object.remove("GraphDriver");
                    }
                    return Reply.json(200, found);
                });
    }

    private Uni<Reply> pull(Call call) {
        String name = call.parameter("fromImage", "");
        if (!limits.pull() || name.isEmpty()) {
            throw Refusal.forbidden(
                    "images cannot be pulled or imported by tasks here (fleet.engine.pull); use one that"
                            + " the engine has, or ask the operator for " + (name.isEmpty() ? "it" : name));
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fromImage", Target.image(Call.encode(name)));
        String tag = call.parameter("tag", "");
        if (!tag.isEmpty()) {
            query.put("tag", Target.image(Call.encode(tag)));
        }
        return Uni.createFrom()
                .item(Reply.stream("POST", engine.api() + "/images/create" + Call.query(query), line -> line));
    }
}

package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Images: of those that are there the task sees and uses what it may; none is made or removed, one is pulled where allowed. */
final class ImageCalls {
    private final GatewayEngine engine;
    private final GatewayLimits limits;
    private final AllowedImages allowed;

    ImageCalls(GatewayEngine engine, GatewayLimits limits, AllowedImages allowed) {
        this.engine = engine;
        this.limits = limits;
        this.allowed = allowed;
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
                if (row.path("RepoTags").size() > 0 && allowed.fits(row)) {
                    Marks.hide(row.path("Labels"));
                    rows.add(row);
                }
            });
            return Reply.json(200, rows);
        });
    }

    /** What the engine says of an image of which a container may be made. */
    Uni<JsonNode> toRun(String image) {
        return find(image).invoke(found -> allowed.checkDigest(image));
    }

    private Uni<JsonNode> find(String image) {
        return engine.calls()
                .call("GET", engine.api() + "/images/" + image + "/json", null)
                .map(reply -> {
                    JsonNode found = reply.status() == 404
                            ? Json.object()
                            : reply.orRefuse().json();
                    if (ImageNames.of(found).isEmpty()) {
                        allowed.checkAbsent(image);
                        throw Refusal.notFound("image", image);
                    }
                    allowed.check(image, found);
                    return found;
                });
    }

    private Uni<Reply> inspect(String image) {
        return find(image).map(found -> {
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
        String image = ImageNames.joined(Target.image(Call.encode(name)), call.parameter("tag", ""));
        allowed.checkPull(image);
        // In full, so that the engine has no registry to choose.
        Map<String, String> query = Map.of("fromImage", ImageNames.full(image));
        return Uni.createFrom()
                .item(Reply.stream("POST", engine.api() + "/images/create" + Call.query(query), line -> line));
    }
}

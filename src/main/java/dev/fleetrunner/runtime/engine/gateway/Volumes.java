package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The volumes with a name of one task. */
final class Volumes {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";
    private static final int EACH = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GatewayEngine engine;
    private final GatewayLimits limits;
    private final Marks marks;
    private final Children children;
    private final Views views;

    Volumes(GatewayEngine engine, GatewayLimits limits, Marks marks, Children children) {
        this.engine = engine;
        this.limits = limits;
        this.marks = marks;
        this.children = children;
        this.views = new Views(marks);
    }

    Routes into(Routes routes) {
        return routes.on("POST", "volumes/create", this::create)
                .on("GET", "volumes", call -> rows().map(rows -> Reply.json(
                        200,
                        Map.of(
                                "Volumes", rows.stream().map(views::thing).toList(),
                                "Warnings", List.of()))))
                .on("POST", "volumes/prune", call -> Uni.createFrom()
                        .item(Reply.json(200, Map.of("VolumesDeleted", List.of(), "SpaceReclaimed", 0))))
                .on("GET", "volumes/*", call -> find(call.name()).map(row -> Reply.json(200, views.thing(row))))
                .on("DELETE", "volumes/*", call -> find(call.name())
                        .chain(row -> engine.calls()
                                .call(
                                        "DELETE",
                                        engine.api() + "/volumes/"
                                                + row.path("Name").asText(),
                                        null))
                        .map(reply -> {
                            if (!reply.ok()) {
                                throw new Refusal(reply.status(), marks.shown(Json.message(reply.body())));
                            }
                            return Reply.empty(reply.status());
                        }));
    }

    private Uni<List<JsonNode>> rows() {
        return engine.calls()
                .call("GET", engine.api() + "/volumes?filters=" + marks.filters(), null)
                .map(reply -> {
                    List<JsonNode> own = new ArrayList<>();
                    reply.orRefuse().json().path("Volumes").forEach(row -> {
                        if (marks.own(row.path("Labels"))) {
                            own.add(row);
                        }
                    });
                    return own;
                });
    }

    private Uni<JsonNode> find(String name) {
        return rows().map(rows -> rows.stream()
                .filter(row -> row.path("Name").asText().equals(marks.real(name)))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("volume", name)));
    }

    private Uni<Reply> create(Call call) {
        JsonNode body = call.body();
        String name = body.path("Name").asText("");
        if (name.isEmpty()) {
            name = HexFormat.of().toHexDigits(RANDOM.nextLong());
        }
        if (!name.matches(NAME)) {
            throw Refusal.malformed("the name " + name + " is none for a volume: " + NAME);
        }
        body.fieldNames().forEachRemaining(field -> {
            boolean local = field.equals("Driver") && body.path(field).asText().equals("local");
            if (!Set.of("Name", "Labels").contains(field) && !local && !Json.isNothing(body.path(field))) {
                throw Refusal.forbidden("the volume's " + field + " is not open to tasks; leave it out");
            }
        });
        String real = marks.real(name);
        return children.inTurn(() -> make(real, body.path("Labels")))
                .map(reply -> Reply.json(201, views.thing(reply.json())));
    }

    /** Sees to it that a volume is there and is the task's. */
    Uni<EngineReply> ensure(String real) {
        return make(real, Json.object());
    }

    /** Both engines answer with the volume that is there, if it is. */
    private Uni<EngineReply> make(String real, JsonNode wishedLabels) {
        Map<String, String> labels = marks.labels(wishedLabels);
        return rows().invoke(rows -> {
                    boolean there = rows.stream()
                            .anyMatch(row -> row.path("Name").asText().equals(real));
                    if (!there && rows.size() >= limits.containers() * EACH) {
                        throw new Refusal(
                                409,
                                "a task has at most " + limits.containers() * EACH
                                        + " volumes at once (twice fleet.engine.children); remove some");
                    }
                })
                .chain(rows -> engine.calls()
                        .call(
                                "POST",
                                engine.api() + "/volumes/create",
                                Map.of("Name", real, "Driver", "local", "Labels", labels)))
                .map(EngineReply::orRefuse);
    }
}

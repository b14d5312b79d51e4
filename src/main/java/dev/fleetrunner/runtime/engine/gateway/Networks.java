package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The networks of one task: bridges without a way out, whose names on the engine's machine all begin alike, so that one
 * rule of its firewall holds for them ({@link Firewall}).
 */
final class Networks {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> IGNORED = Set.of("CheckDuplicate", "Internal", "Attachable", "Scope");

    private final GatewayEngine engine;
    private final GatewayLimits limits;
    private final Marks marks;
    private final Children children;
    private final Reach reach;
    private final Views views;

    Networks(GatewayEngine engine, GatewayLimits limits, Marks marks, Children children, Reach reach) {
        this.engine = engine;
        this.limits = limits;
        this.marks = marks;
        this.children = children;
        this.reach = reach;
        this.views = new Views(marks);
    }

    Marks marks() {
        return marks;
    }

    Routes into(Routes routes) {
        return routes.on("POST", "networks/create", this::create)
                .on("GET", "networks", this::list)
                .on("POST", "networks/prune", call -> Uni.createFrom()
                        .item(Reply.json(200, Map.of("NetworksDeleted", List.of()))))
                .on("GET", "networks/*", call -> find(call.name())
                        .chain(row -> engine.calls()
                                .call(
                                        "GET",
                                        engine.api() + "/networks/"
                                                + row.path("Id").asText(),
                                        null))
                        .map(reply ->
                                Reply.json(200, views.thing(reply.orRefuse().json()))))
                .on("DELETE", "networks/*", this::remove)
                .on("POST", "networks/*/connect", call -> join(call, "/connect"))
                .on("POST", "networks/*/disconnect", call -> join(call, "/disconnect"));
    }

    /** The engine's rows of the task's networks. */
    private Uni<List<JsonNode>> rows() {
        return engine.calls()
                .call("GET", engine.api() + "/networks?filters=" + marks.filters(), null)
                .map(reply -> {
                    List<JsonNode> own = new ArrayList<>();
                    reply.orRefuse().json().forEach(row -> {
                        if (marks.own(row.path("Labels"))) {
                            own.add(row);
                        }
                    });
                    return own;
                });
    }

    private Uni<JsonNode> find(String name) {
        return rows().map(rows -> rows.stream()
                .filter(row -> row.path("Id").asText().equals(name)
                        || row.path("Name").asText().equals(marks.real(name)))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("network", name)));
    }

    /**
     * The networks that a new container may name, from name and id to real name; the default one is made when it is the
     * first to need it.
     */
    Uni<Map<String, String>> names(JsonNode container) {
        return rows().chain(rows -> {
            Map<String, String> names = known(rows);
            String mode = container.path("HostConfig").path("NetworkMode").asText("");
            boolean needed = Set.of("", "default", Marks.DEFAULT_NETWORK).contains(mode);
            return !needed || names.containsKey(Marks.DEFAULT_NETWORK)
                    ? Uni.createFrom().item(names)
                    : make(Marks.DEFAULT_NETWORK, Json.object())
                            .invoke(EngineReply::orRefuse)
                            .chain(this::rows)
                            .map(this::known);
        });
    }

    private Map<String, String> known(List<JsonNode> rows) {
        Map<String, String> names = new LinkedHashMap<>();
        rows.forEach(row -> {
            String real = row.path("Name").asText();
            names.put(marks.shown(real), real);
            names.put(row.path("Id").asText(), real);
        });
        return names;
    }

    private Uni<Reply> create(Call call) {
        JsonNode body = call.body();
        String name = body.path("Name").asText();
        if (!name.matches(NAME) || Set.of("host", "none", "default").contains(name)) {
            throw Refusal.malformed("the name " + name + " is none for a network: " + NAME);
        }
        body.fieldNames().forEachRemaining(field -> check(field, body.path(field)));
        return children.inTurn(() -> rows().invoke(rows -> {
                    if (rows.size() >= limits.containers()) {
                        throw new Refusal(
                                409,
                                "a task has at most " + limits.containers()
                                        + " networks at once (fleet.engine.children); remove some");
                    }
                    if (rows.stream().anyMatch(row -> row.path("Name").asText().equals(marks.real(name)))) {
                        throw new Refusal(409, "network with name " + name + " already exists");
                    }
                })
                .chain(rows -> make(name, body.path("Labels")))
                .map(reply -> {
                    JsonNode made = reply.orRefuse().json();
                    String id = made.path(engine.podman() ? "id" : "Id").asText();
                    return Reply.json(201, Map.of("Id", id, "Warning", ""));
                }));
    }

    private static void check(String field, JsonNode value) {
        boolean known = Set.of("Name", "Labels").contains(field) || IGNORED.contains(field) || Json.isNothing(value);
        boolean bridge = field.equals("Driver") && value.asText().equals("bridge");
        boolean ipam = field.equals("IPAM")
                && Json.isNothing(value.path("Config"))
                && Json.isNothing(value.path("Options"))
                && Set.of("", "default").contains(value.path("Driver").asText());
        if (!known && !bridge && !ipam) {
            throw Refusal.forbidden("the network's " + field + " is not open to tasks; leave it out: networks of tasks"
                    + " are bridges without a way out, with addresses that the engine chooses");
        }
    }

    private Uni<EngineReply> make(String name, JsonNode wishedLabels) {
        String bridge = Firewall.BRIDGE_PREFIX + HexFormat.of().toHexDigits(RANDOM.nextInt());
        Map<String, String> labels = marks.labels(wishedLabels);
        return engine.podman()
                ? engine.calls()
                        .call("POST", "/v4.0.0/libpod/networks/create", podman(marks.real(name), bridge, labels))
                : engine.calls()
                        .call("POST", engine.api() + "/networks/create", docker(marks.real(name), bridge, labels));
    }

    static Map<String, Object> docker(String name, String bridge, Map<String, String> labels) {
        return Map.of(
                "Name",
                name,
                "Driver",
                "bridge",
                "Internal",
                true,
                "CheckDuplicate",
                true,
                "Labels",
                labels,
                "Options",
                Map.of("com.docker.network.bridge.name", bridge));
    }

    /**
     * Podman gives an internal network an address on its own machine, by which the gateway reaches the containers, only
     * together with its name server. Nobody can ask that one: the containers have none, and the firewall drops questions.
     */
    static Map<String, Object> podman(String name, String bridge, Map<String, String> labels) {
        return Map.of(
                "name",
                name,
                "driver",
                "bridge",
                "internal",
                true,
                "dns_enabled",
                true,
                "network_interface",
                bridge,
                "labels",
                labels);
    }

    private Uni<Reply> list(Call call) {
        Map<String, List<String>> filters = Lists.filters(call.parameter("filters", ""));
        return rows().map(rows -> Reply.json(
                200,
                rows.stream()
                        .map(views::thing)
                        .filter(row -> wished(
                                        filters.get("name"), row.path("Name").asText())
                                && wished(filters.get("id"), row.path("Id").asText()))
                        .toList()));
    }

    private static boolean wished(List<String> wished, String value) {
        return wished == null || wished.stream().anyMatch(each -> value.contains(each.replaceAll("[\\^$]", "")));
    }

    /** What was known of addresses in it is forgotten first: the engine may give them to another task's network. */
    private Uni<Reply> remove(Call call) {
        return find(call.name())
                .invoke(row -> reach.forget(row.path("Name").asText()))
                .chain(row -> engine.calls()
                        .call(
                                "DELETE",
                                engine.api() + "/networks/" + row.path("Id").asText(),
                                null)
                        .call(reply -> reply.ok() ? Uni.createFrom().voidItem() : reach.reopen()))
                .map(this::done);
    }

    private Uni<Reply> join(Call call, String what) {
        Map<String, Object> document = new LinkedHashMap<>();
        return find(call.name())
                .chain(row -> children.find(
                                call.body().path("Container").asText().replaceFirst("^/", ""))
                        .chain(child -> {
                            document.put("Container", child.id());
                            if (what.equals("/connect")) {
                                document.put(
                                        "EndpointConfig",
                                        Map.of(
                                                "Aliases",
                                                Endpoints.aliases(
                                                        child.name(),
                                                        call.body().path("EndpointConfig"))));
                            } else {
                                document.put("Force", call.body().path("Force").asBoolean());
                            }
                            String uri =
                                    engine.api() + "/networks/" + row.path("Id").asText() + what;
                            return engine.calls()
                                    .call("POST", uri, document)
                                    .call(reply -> reply.ok()
                                            ? reach.open(child)
                                            : Uni.createFrom().voidItem());
                        }))
                .map(this::done);
    }

    private Reply done(EngineReply reply) {
        return reply.ok()
                ? Reply.empty(reply.status())
                : Reply.refused(new Refusal(reply.status(), marks.shown(Json.message(reply.body()))));
    }
}

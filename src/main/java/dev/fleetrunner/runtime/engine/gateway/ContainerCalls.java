package dev.fleetrunner.runtime.engine.gateway;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task does with its containers. */
final class ContainerCalls {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";
    /** Seconds between TERM and KILL, as clients expect them. */
    private static final int USUAL_GRACE = 10;

    private static final int LONGEST_GRACE = 60;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GatewayEngine engine;
    private final GatewayTask task;
    private final GatewayLimits limits;
    private final ImageCalls images;
    private final Marks marks;
    private final Children children;
    private final Networks networks;
    private final Volumes volumes;
    private final Reach reach;
    private final Seccomp seccomp;
    private final Views views;

    ContainerCalls(
            GatewayEngine engine,
            GatewayTask task,
            GatewayLimits limits,
            ImageCalls images,
            Marks marks,
            Children children,
            Networks networks,
            Volumes volumes,
            Reach reach,
            Seccomp seccomp) {
        this.engine = engine;
        this.task = task;
        this.limits = limits;
        this.images = images;
        this.marks = marks;
        this.children = children;
        this.networks = networks;
        this.volumes = volumes;
        this.reach = reach;
        this.seccomp = seccomp;
        this.views = new Views(marks);
    }

    Routes into(Routes routes) {
        routes.on("POST", "containers/create", this::create)
                .on("GET", "containers/json", new Lists(children, views, networks)::containers)
                .on("POST", "containers/prune", this::prune)
                .on("GET", "containers/*/json", this::inspect)
                .on("DELETE", "containers/*", this::remove)
                .on("POST", "containers/*/rename", this::rename)
                .on("POST", "containers/*/kill", call -> tell(call, "/kill", call.passing("signal")))
                .on("POST", "containers/*/stop", call -> tell(call, "/stop", grace(call)))
                .on("POST", "containers/*/pause", call -> tell(call, "/pause", ""))
                .on("POST", "containers/*/unpause", call -> tell(call, "/unpause", ""))
                .on("POST", "containers/*/resize", call -> tell(call, "/resize", call.passing("h", "w")))
                .on("GET", "containers/*/top", call -> ask(call, "GET", "/top", call.passing("ps_args")));
        return routes.on("POST", "containers/*/start", call -> start(call, "/start"))
                .on("POST", "containers/*/restart", call -> start(call, "/restart" + grace(call)))
                .on("POST", "containers/*/wait", call -> relay(call, "POST", "/wait", call.passing("condition")))
                .on(
                        "GET",
                        "containers/*/stats",
                        call -> relay(call, "GET", "/stats", call.passing("stream", "one-shot")))
                .on(
                        "GET",
                        "containers/*/logs",
                        call -> bytes(
                                call,
                                "GET",
                                "/logs"
                                        + call.passing(
                                                "follow", "stdout", "stderr", "since", "until", "timestamps", "tail")))
                .on(
                        "POST",
                        "containers/*/attach",
                        call -> bytes(
                                call,
                                "POST",
                                "/attach" + call.passing("logs", "stream", "stdin", "stdout", "stderr", "detachKeys")))
                .on("HEAD", "containers/*/archive", call -> bytes(call, "HEAD", "/archive" + call.passing("path")))
                .on("GET", "containers/*/archive", call -> bytes(call, "GET", "/archive" + call.passing("path")))
                .streaming("PUT", "containers/*/archive", this::putArchive);
    }

    private Uni<Reply> create(Call call) {
        String name = call.parameter("name", HexFormat.of().toHexDigits(RANDOM.nextLong()))
                .replaceFirst("^/", "");
        if (!name.matches(NAME)) {
            throw Refusal.malformed("the name " + name + " is none: " + NAME);
        }
        String image = Target.image(Call.encode(call.body().path("Image").asText()));
        return children.inTurn(() -> images.toRun(image)
                .chain(found -> children.all().invoke(this::checkCount).chain(others -> networks.names(call.body())
                        .map(known -> new NewContainer(
                                name,
                                call.body(),
                                new Surroundings(
                                        marks,
                                        others,
                                        known,
                                        found,
                                        seccomp.options(),
                                        Share.of(task.budget()).without(others),
                                        reach.peers()),
                                engine))))
                .chain(made -> make(name, made)));
    }

    private void checkCount(Collection<Child> others) {
        if (others.size() >= limits.containers()) {
            throw new Refusal(
                    409,
                    "a task has at most " + limits.containers()
                            + " containers at once (fleet.engine.children); remove some");
        }
    }

    private Uni<Reply> make(String name, NewContainer made) {
        Map<String, Object> document = made.document();
        return Multi.createFrom()
                .iterable(made.volumes())
                .onItem()
                .transformToUniAndConcatenate(volumes::ensure)
                .collect()
                .asList()
                .chain(there -> engine.calls()
                        .call("POST", engine.api() + "/containers/create?name=" + marks.real(name), document))
                .call(reply -> children.all())
                .map(this::shown);
    }

    private Reply shown(EngineReply reply) {
        if (!reply.ok()) {
            return Reply.refused(new Refusal(reply.status(), marks.shown(Json.message(reply.body()))));
        }
        byte[] body = marks.shown(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Reply.Answer(reply.status(), body.length == 0 ? null : "application/json", body, Map.of());
    }

    private Uni<Reply> inspect(Call call) {
        return children.find(call.name())
                .chain(child -> children.inspect(child).map(found -> Reply.json(200, views.container(found, child))));
    }

    private Uni<Reply> tell(Call call, String what, String query) {
        return ask(call, "POST", what, query);
    }

    private Uni<Reply> ask(Call call, String method, String what, String query) {
        return children.find(call.name())
                .chain(child -> engine.calls().call(method, children.uri(child) + what + query, null))
                .map(this::shown);
    }

    /** Whoever waits for a container to stop holds the engine's lock on it. */
    private static String grace(Call call) {
        String wished = call.parameter("t", "");
        int seconds = wished.matches("\\d{1,9}") ? Integer.parseInt(wished) : USUAL_GRACE;
        Map<String, String> passing =
                new LinkedHashMap<>(Map.of("t", Integer.toString(Math.min(seconds, LONGEST_GRACE))));
        if (!call.parameter("signal", "").isEmpty()) {
            passing.put("signal", call.parameter("signal", ""));
        }
        return Call.query(passing);
    }

    private Uni<Reply> start(Call call, String what) {
        return children.find(call.name())
                .chain(child -> engine.calls()
                        .call("POST", children.uri(child) + what, null)
                        .call(reply -> reply.ok()
                                ? reach.open(child)
                                : Uni.createFrom().voidItem()))
                .map(this::shown);
    }

    private Uni<Reply> remove(Call call) {
        // Its anonymous volumes go with it whatever was asked for: nobody could find them again.
        return children.find(call.name())
                .chain(child -> (call.flag("force")
                                ? Removal.byForce(engine.calls(), children.uri(child))
                                : engine.calls().call("DELETE", children.uri(child) + "?v=1", null))
                        .invoke(reply -> {
                            if (reply.ok()) {
                                reach.close(child);
                            }
                        })
                        .call(reply -> children.all()))
                .map(this::shown);
    }

    private Uni<Reply> rename(Call call) {
        String name = call.parameter("name", "");
        if (!name.matches(NAME)) {
            throw Refusal.malformed("the name " + name + " is none: " + NAME);
        }
        return children.find(call.name())
                .chain(child ->
                        engine.calls().call("POST", children.uri(child) + "/rename?name=" + marks.real(name), null))
                .call(reply -> children.all())
                .map(this::shown);
    }

    private Uni<Reply> prune(Call call) {
        List<String> labels = new ArrayList<>(marks.filter());
        labels.addAll(Lists.filters(call.parameter("filters", "")).getOrDefault("label", List.of()));
        String filters =
                Call.encode(new String(Json.bytes(Map.of("label", labels)), java.nio.charset.StandardCharsets.UTF_8));
        return children.rows(filters)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .filter(row -> Optional.of(row.path("State").asText())
                        .filter(java.util.Set.of("exited", "created", "dead", "configured")::contains)
                        .isPresent())
                .map(row -> row.path("Id").asText())
                .onItem()
                .transformToUniAndConcatenate(id -> engine.calls()
                        .call("DELETE", engine.api() + "/containers/" + id + "?v=1", null)
                        .replaceWith(id))
                .collect()
                .asList()
                .call(gone -> children.all())
                .map(gone -> Reply.json(200, Map.of("ContainersDeleted", gone, "SpaceReclaimed", 0)));
    }

    private Uni<Reply> relay(Call call, String method, String what, String query) {
        return children.find(call.name())
                .map(child -> Reply.stream(method, children.uri(child) + what + query, marks::shown));
    }

    /** Bytes that are the container's own are handed on untouched. */
    private Uni<Reply> bytes(Call call, String method, String what) {
        return children.find(call.name())
                .map(child -> new Reply.Relay(
                        method,
                        children.uri(child) + what,
                        null,
                        false,
                        call.upgrade() && method.equals("POST"),
                        null));
    }

    private Uni<Reply> putArchive(Call call) {
        return children.find(call.name())
                .map(child -> new Reply.Relay(
                        "PUT",
                        children.uri(child) + "/archive" + call.passing("path", "noOverwriteDirNonDir", "copyUIDGID"),
                        null,
                        true,
                        false,
                        null));
    }
}

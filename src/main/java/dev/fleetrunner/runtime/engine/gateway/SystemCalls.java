package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the engine says of itself, as far as clients need it, and what happens to the task's own things. */
final class SystemCalls {
    private static final List<String> INFO = List.of(
            "OperatingSystem",
            "OSType",
            "Architecture",
            "ServerVersion",
            "MemoryLimit",
            "SwapLimit",
            "CpuCfsQuota",
            "CpuCfsPeriod",
            "PidsLimit",
            "CgroupDriver",
            "CgroupVersion",
            "DefaultRuntime");
    private static final List<String> VERSION =
            List.of("Version", "ApiVersion", "MinAPIVersion", "Os", "Arch", "Components", "Platform");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final GatewayEngine engine;
    private final GatewayTask task;
    private final Marks marks;
    private final Children children;

    SystemCalls(GatewayEngine engine, GatewayTask task, Marks marks, Children children) {
        this.engine = engine;
        this.task = task;
        this.marks = marks;
        this.children = children;
    }

    Routes into(Routes routes) {
        return routes.on("GET", "_ping", call -> Uni.createFrom().item(ping()))
                .on("HEAD", "_ping", call -> Uni.createFrom().item(ping()))
                .on("GET", "version", call -> ask("/version", VERSION).map(known -> Reply.json(200, known)))
                .on("GET", "info", call -> info())
                .on("GET", "events", this::events)
                .on("POST", "auth", call -> {
                    throw Refusal.forbidden("tasks cannot sign in to registries");
                });
    }

    private Reply ping() {
        return new Reply.Answer(
                200,
                "text/plain; charset=utf-8",
                "OK".getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "Api-Version",
                        engine.api().substring("/v".length()),
                        "Ostype",
                        "linux",
                        "Docker-Experimental",
                        "false",
                        "Server",
                        engine.podman() ? "Fleet Runner on Podman" : "Fleet Runner on Docker"));
    }

    private Uni<Map<String, Object>> ask(String what, List<String> fields) {
        return engine.calls().call("GET", engine.api() + what, null).map(reply -> {
            JsonNode said = reply.orRefuse().json();
            Map<String, Object> known = new LinkedHashMap<>();
            for (String field : fields) {
                if (said.has(field)) {
                    known.put(field, said.get(field));
                }
            }
            return known;
        });
    }

    /** The machine's size is the task's budget: what more there is, its containers cannot have. */
    private Uni<Reply> info() {
        return ask("/info", INFO).chain(known -> children.all().map(own -> {
            known.put("ID", task.taskId());
            known.put("Name", "fleet-runner");
            known.put("Containers", own.size());
            known.put("ContainersRunning", own.stream().filter(Child::running).count());
            known.put("MemTotal", task.budget().memoryBytes());
            known.put("NCPU", Math.max(1, task.budget().cpuMillis() / 1000));
            known.put("Driver", "overlay2");
            known.put("Images", 0);
            known.put("SecurityOptions", List.of("name=seccomp,profile=default"));
            known.put("Plugins", Map.of("Network", List.of("bridge"), "Volume", List.of("local")));
            known.put("RegistryConfig", Map.of("IndexConfigs", Map.of()));
            known.put("IndexServerAddress", "https://index.docker.io/v1/");
            return Reply.json(200, known);
        }));
    }

    private Uni<Reply> events(Call call) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String bound : List.of("since", "until")) {
            if (call.target().query().containsKey(bound)) {
                query.put(bound, call.parameter(bound, ""));
            }
        }
        query.put("filters", new String(Json.bytes(Map.of("label", marks.filter())), StandardCharsets.UTF_8));
        return Uni.createFrom()
                .item(Reply.stream("GET", engine.api() + "/events" + Call.query(query), line -> own(line, call)));
    }

    /** The engine was asked for ours alone; what it tells without our labels is dropped all the same. */
    private String own(String line, Call call) {
        try {
            JsonNode event = MAPPER.readTree(line);
            JsonNode attributes = event.path("Actor").path("Attributes");
            if (!marks.own(attributes) || !asked(event, call)) {
                return null;
            }
            Marks.hide(attributes);
            return marks.shown(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean asked(JsonNode event, Call call) {
        Map<String, List<String>> filters = Lists.filters(call.parameter("filters", ""));
        List<String> types = filters.getOrDefault("type", List.of());
        List<String> actions = filters.getOrDefault("event", List.of());
        return (types.isEmpty() || types.contains(event.path("Type").asText()))
                && (actions.isEmpty() || actions.contains(event.path("Action").asText()));
    }
}

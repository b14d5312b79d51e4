package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.ENGINE_UNAVAILABLE;
import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;
import static dev.fleetrunner.contract.TaskSpec.DEFAULT_ISOLATION;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The walls that one engine gives. Docker is told the OCI runtime of each container. Podman's API takes such a word and
 * does nothing with it: there, a service has one runtime for all. What an engine was asked for counts for nothing; what a
 * container has is asked.
 */
final class Walls {
    /** Where Podman tells more than Docker's API has room for. */
    private static final String LIBPOD = "/v4.0.0/libpod";

    private final Dialect dialect;
    private final List<Wall> all;
    private final Wall only;

    private Walls(Dialect dialect, List<Wall> all, Wall only) {
        this.dialect = dialect;
        this.all = List.copyOf(all);
        this.only = only;
    }

    /** Those of an engine for all tasks, out of all that are configured. */
    static Walls of(Dialect dialect, List<Wall> all) {
        return new Walls(dialect, all, null);
    }

    /** The one of an engine of its own. */
    static Walls only(Dialect dialect, Wall wall) {
        return new Walls(dialect, List.of(wall), wall);
    }

    /** The runtime's name: an engine that gives one wall alone is named after it. */
    String runtimeName() {
        return only == null ? dialect.word() : name(only);
    }

    private String name(Wall wall) {
        return dialect.word() + "-" + wall.name();
    }

    /**
     * What specs may ask for here.
     *
     * <p>Fails with {@code ENGINE_UNAVAILABLE} if an engine does not have the one wall that it is there for.
     */
    Set<String> given(EngineApi engine) {
        Set<String> given = new TreeSet<>();
        if (only != null) {
            if (!has(engine, only)) {
                throw new RuntimeFailure(ENGINE_UNAVAILABLE, missing(engine));
            }
            given.add(only.name());
            return given;
        }
        given.add(DEFAULT_ISOLATION);
        all.stream()
                .filter(wall -> wall.runtime() != null && has(engine, wall))
                .forEach(wall -> given.add(wall.name()));
        return given;
    }

    private boolean has(EngineApi engine, Wall wall) {
        if (wall.runtime() == null) {
            return engine.userNamespace();
        }
        return dialect.choosesTheRuntime()
                ? engine.runtimes().contains(wall.runtime())
                : wall.isMadeBy(engine.defaultRuntime());
    }

    private String missing(EngineApi engine) {
        if (only.runtime() == null) {
            return "the engine for isolation " + only.name() + " has no user namespace: it is neither rootless nor"
                    + " started with userns-remap";
        }
        return "the engine for isolation " + only.name() + " does not have the runtime " + only.runtime() + ", but "
                + (dialect.choosesTheRuntime() ? String.join(", ", engine.runtimes()) : engine.defaultRuntime());
    }

    /**
     * The wall of a task that keeps it from the runner's sockets; empty if it can connect. An engine may make all its
     * containers with the runtime of a wall, those that name none as well.
     */
    Optional<Wall> keepingFromSockets(EngineApi engine, String isolation) {
        return all.stream()
                .filter(wall -> wall.name().equals(isolation)
                        || isolation.equals(DEFAULT_ISOLATION) && wall.isMadeBy(engine.defaultRuntime()))
                .filter(wall -> !wall.sockets())
                .findFirst();
    }

    /** What a container is to be made with; null for the engine's usual. */
    String runtimeFor(String isolation) {
        return all.stream()
                .filter(wall -> dialect.choosesTheRuntime() && wall.name().equals(isolation))
                .map(Wall::runtime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether a container is for this runtime to look after. Two services on one storage see the same containers; whoever
     * has none to himself looks after those whose own service is not configured any more, too.
     */
    boolean lookAfter(JsonNode labels) {
        String runtime = labels.path(Names.LABEL_RUNTIME).asText(dialect.word());
        return only == null
                ? all.stream().noneMatch(wall -> wall.socket() != null && runtime.equals(name(wall)))
                : runtime.equals(runtimeName());
    }

    /** Labels that tell whose it is to look after. */
    Map<String, String> labels() {
        return only == null ? Map.of() : Map.of(Names.LABEL_RUNTIME, runtimeName());
    }

    /** Fails with {@code NOT_SUPPORTED} unless a container that was made has the wall that was asked for. */
    Uni<Void> check(EngineClient client, String api, String uri, String isolation) {
        if (isolation.equals(DEFAULT_ISOLATION)) {
            return Uni.createFrom().voidItem();
        }
        return client.get(uri + "/json")
                .map(answer -> answer.orFail(ENGINE_FAILED, "the container cannot be looked at")
                        .json())
                .chain(container -> of(client, api, container))
                .invoke(found -> {
                    if (!found.equals(isolation)) {
                        throw new RuntimeFailure(
                                NOT_SUPPORTED,
                                "the engine made a container with isolation " + found + ", not " + isolation);
                    }
                })
                .replaceWithVoid();
    }

    /**
     * The wall that a container has.
     *
     * @param container the answer of {@code /containers/{id}/json}
     */
    Uni<String> of(EngineClient client, String api, JsonNode container) {
        if (only != null && only.runtime() == null) {
            return EngineApi.tellsOfUserNamespace(client, api).map(there -> there ? only.name() : DEFAULT_ISOLATION);
        }
        if (all.isEmpty()) {
            return Uni.createFrom().item(DEFAULT_ISOLATION);
        }
        if (dialect.choosesTheRuntime()) {
            return Uni.createFrom()
                    .item(madeBy(container.path("HostConfig").path("Runtime").asText()));
        }
        return client.get(LIBPOD + "/containers/" + container.path("Id").asText() + "/json")
                .map(answer -> answer.orFail(ENGINE_FAILED, "the container cannot be looked at")
                        .json())
                .map(more -> madeBy(more.path("OCIRuntime").asText()));
    }

    private String madeBy(String runtime) {
        return all.stream()
                .filter(wall -> dialect.choosesTheRuntime() ? runtime.equals(wall.runtime()) : wall.isMadeBy(runtime))
                .map(Wall::name)
                .findFirst()
                .orElse(DEFAULT_ISOLATION);
    }
}

package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerRuntime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Finds engines where they usually listen. The first socket of each kind that answers is taken; looked at are, in this
 * order: the sockets that the operator names, {@code CONTAINER_HOST}, {@code DOCKER_HOST}, the user's Podman, the
 * system's Podman, the user's Docker, the system's Docker. Engines for one wall alone are where the operator says.
 */
public final class EngineDiscovery {
    private static final Logger LOG = Logger.getLogger(EngineDiscovery.class);
    private static final String UNIX = "unix://";

    private final Vertx vertx;
    private final String instance;
    private final List<String> wanted;
    private final List<String> sockets;
    private final List<Wall> walls;
    private final OutletSettings outlets;
    private final Map<Place, EngineRuntime> found = new ConcurrentHashMap<>();

    /** What an engine is there for: for one wall, or for all tasks if that is null. */
    private record Place(Dialect dialect, Wall wall) {}

    /**
     * @param instance the runner's instance id
     * @param wanted names of runtimes in the order of preference; empty for whatever there is
     * @param sockets where to look, in this order; see {@link #usualSockets}
     * @param walls stronger ones; an engine at the socket of one gives nothing else
     * @param outlets the sockets that tasks may use
     */
    public EngineDiscovery(
            Vertx vertx,
            String instance,
            List<String> wanted,
            List<String> sockets,
            List<Wall> walls,
            OutletSettings outlets) {
        this.vertx = vertx;
        this.instance = instance;
        this.wanted = List.copyOf(wanted);
        this.walls = List.copyOf(walls);
        this.outlets = outlets;
        this.sockets = sockets.stream().filter(socket -> !isOfAWall(socket)).toList();
    }

    /** Where engines listen, by the environment and by custom. */
    public static List<String> usualSockets(Map<String, String> environment) {
        Set<String> sockets = new LinkedHashSet<>();
        for (String variable : List.of("CONTAINER_HOST", "DOCKER_HOST")) {
            String host = environment.getOrDefault(variable, "");
            if (host.startsWith(UNIX)) {
                sockets.add(host.substring(UNIX.length()));
            } else if (!host.isEmpty()) {
                LOG.warnf("%s=%s is passed over: only unix:// sockets are supported", variable, host);
            }
        }
        Optional<String> user = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"));
        user.ifPresent(directory -> sockets.add(directory + "/podman/podman.sock"));
        sockets.add("/run/podman/podman.sock");
        user.ifPresent(directory -> sockets.add(directory + "/docker.sock"));
        sockets.add("/var/run/docker.sock");
        return List.copyOf(sockets);
    }

    /** Engines that answer or answered before, in the order of preference. Never fails. */
    public Uni<List<ContainerRuntime>> find() {
        Multi<Uni<Boolean>> usual = Multi.createFrom().iterable(sockets).map(socket -> look(socket, null));
        Multi<Uni<Boolean>> own = Multi.createFrom()
                .iterable(walls)
                .filter(wall -> wall.socket() != null)
                .map(wall -> look(wall.socket(), wall));
        return Multi.createBy()
                .concatenating()
                .streams(usual, own)
                .onItem()
                .transformToUniAndConcatenate(looking -> looking)
                .collect()
                .asList()
                .map(done -> inOrder());
    }

    private boolean isOfAWall(String socket) {
        return walls.stream().anyMatch(wall -> socket.equals(wall.socket()));
    }

    private boolean isKnown(String socket, Wall wall) {
        return found.entrySet().stream()
                .anyMatch(entry -> Objects.equals(entry.getKey().wall(), wall)
                        && entry.getValue().socketPath().equals(socket));
    }

    private Uni<Boolean> look(String socket, Wall wall) {
        if (isKnown(socket, wall) || !Files.exists(Path.of(socket))) {
            return Uni.createFrom().item(true);
        }
        var client = new EngineClient(vertx, socket);
        return EngineApi.identify(client)
                .invoke(dialect -> take(dialect, socket, wall))
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.infof("no engine at %s: %s", socket, failure.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .eventually(client::close);
    }

    private void take(Dialect dialect, String socket, Wall wall) {
        if (wanted.isEmpty() || wanted.contains(dialect.word())) {
            found.computeIfAbsent(new Place(dialect, wall), place -> {
                Walls given = wall == null ? Walls.of(dialect, walls) : Walls.only(dialect, wall);
                LOG.infof("found %s at %s", given.runtimeName(), socket);
                return new EngineRuntime(dialect, given, instance, vertx, socket, outlets);
            });
        }
    }

    /** Those for all tasks first. */
    private List<ContainerRuntime> inOrder() {
        List<Map.Entry<Place, EngineRuntime>> engines = new ArrayList<>(found.entrySet());
        engines.sort(Comparator.comparingInt((Map.Entry<Place, EngineRuntime> entry) -> wallRank(entry.getKey()))
                .thenComparingInt(
                        entry -> rank(entry.getKey().dialect(), entry.getValue().socketPath())));
        return engines.stream().<ContainerRuntime>map(Map.Entry::getValue).toList();
    }

    private int wallRank(Place place) {
        return place.wall() == null ? -1 : walls.indexOf(place.wall());
    }

    private int rank(Dialect dialect, String socket) {
        return wanted.isEmpty() ? sockets.indexOf(socket) : wanted.indexOf(dialect.word());
    }

    /** Closes the connections. */
    public void close() {
        found.values().forEach(EngineRuntime::close);
    }
}

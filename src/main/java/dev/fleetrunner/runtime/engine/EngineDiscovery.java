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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Finds engines where they usually listen. The first socket of each kind that answers is taken; looked at are, in this
 * order: the sockets that the operator names, {@code CONTAINER_HOST}, {@code DOCKER_HOST}, the user's Podman, the
 * system's Podman, the user's Docker, the system's Docker.
 */
public final class EngineDiscovery {
    private static final Logger LOG = Logger.getLogger(EngineDiscovery.class);
    private static final String UNIX = "unix://";

    private final Vertx vertx;
    private final String instance;
    private final List<String> wanted;
    private final List<String> sockets;
    private final ScopedEngine.Settings scopedEngines;
    private final Map<Dialect, EngineRuntime> found = new ConcurrentHashMap<>();

    /**
     * @param instance the runner's instance id
     * @param wanted names of runtimes in the order of preference; empty for whatever there is
     * @param sockets where to look, in this order; see {@link #usualSockets}
     * @param scopedEngines for tasks that have an engine of their own
     */
    public EngineDiscovery(
            Vertx vertx,
            String instance,
            List<String> wanted,
            List<String> sockets,
            ScopedEngine.Settings scopedEngines) {
        this.vertx = vertx;
        this.instance = instance;
        this.wanted = List.copyOf(wanted);
        this.sockets = List.copyOf(sockets);
        this.scopedEngines = scopedEngines;
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
        return Multi.createFrom()
                .iterable(sockets)
                .select()
                .where(socket -> Files.exists(Path.of(socket)))
                .onItem()
                .transformToUniAndConcatenate(this::look)
                .collect()
                .asList()
                .map(done -> inOrder());
    }

    private Uni<Boolean> look(String socket) {
        if (found.values().stream().anyMatch(runtime -> runtime.socketPath().equals(socket))) {
            return Uni.createFrom().item(true);
        }
        var client = new EngineClient(vertx, socket);
        return EngineApi.identify(client)
                .invoke(dialect -> take(dialect, socket))
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.infof("no engine at %s: %s", socket, failure.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .eventually(client::close);
    }

    private void take(Dialect dialect, String socket) {
        if (wanted.isEmpty() || wanted.contains(dialect.word())) {
            found.computeIfAbsent(dialect, kind -> {
                LOG.infof("found %s at %s", kind.word(), socket);
                return new EngineRuntime(kind, instance, vertx, socket, scopedEngines);
            });
        }
    }

    private List<ContainerRuntime> inOrder() {
        List<EngineRuntime> engines = new ArrayList<>(found.values());
        engines.sort(Comparator.comparingInt(this::rank));
        return List.copyOf(engines);
    }

    private int rank(EngineRuntime engine) {
        return wanted.isEmpty() ? sockets.indexOf(engine.socketPath()) : wanted.indexOf(engine.name());
    }

    /** Closes the connections. */
    public void close() {
        found.values().forEach(EngineRuntime::close);
    }
}

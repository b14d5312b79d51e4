package dev.fleetrunner.app;

import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.runtime.engine.EngineDiscovery;
import dev.fleetrunner.runtime.engine.OutletSettings;
import dev.fleetrunner.runtime.engine.Wall;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import io.vertx.mutiny.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks for engines where the settings say, and tells in the service's log what it found. */
final class EngineSearch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineSearch.class);

    private final List<String> sockets;
    private final EngineDiscovery discovery;
    private final Runtimes runtimes;

    EngineSearch(FleetConfig config, Vertx vertx, String instance, Executor worker, Egress egress) {
        sockets = new ArrayList<>(config.engine().sockets().orElse(List.of()));
        if (config.engine().usualSockets()) {
            sockets.addAll(EngineDiscovery.usualSockets(System.getenv()));
        }
        List<String> wanted = config.runtime().contains("auto") ? List.of() : config.runtime();
        List<Wall> walls = walls(config);
        discovery = new EngineDiscovery(vertx, instance, wanted, sockets, walls, outlets(config, worker, egress));
        runtimes = new Runtimes(
                discovery::find,
                walls.stream()
                        .filter(wall -> wall.socket() != null)
                        .map(Wall::name)
                        .collect(Collectors.toSet()));
    }

    private static List<Wall> walls(FleetConfig config) {
        return config.isolation().entrySet().stream()
                .map(entry -> new Wall(
                        entry.getKey(),
                        entry.getValue().runtime().orElse(null),
                        entry.getValue().socket().orElse(null),
                        entry.getValue().sockets()))
                .sorted(Comparator.comparing(Wall::name))
                .toList();
    }

    private static OutletSettings outlets(FleetConfig config, Executor worker, Egress egress) {
        FleetConfig.Engine engine = config.engine();
        var engines = new GatewayLimits(
                engine.children(), engine.pull(), engine.childrenReachHost().equals("accept"));
        return new OutletSettings(egress, engines, worker);
    }

    /** Begins to look; a task that comes before something is found looks too. */
    Runtimes look() {
        runtimes.refresh().subscribe().with(this::tell);
        return runtimes;
    }

    private void tell(Map<String, RuntimeStatus> statuses) {
        if (statuses.isEmpty()) {
            LOG.warnf("no container engine found; looked at %s. Tasks wait or fail until one answers.", sockets);
        }
        statuses.forEach((name, status) -> {
            if (status instanceof RuntimeStatus.Up up) {
                LOG.infof(
                        "runtime %s %s at %s, isolation %s",
                        name, up.version(), up.endpoint(), String.join(" and ", new TreeSet<>(up.isolations())));
            } else {
                LOG.warnf("runtime %s is down: %s", name, ((RuntimeStatus.Down) status).reason());
            }
        });
    }

    @Override
    public void close() {
        discovery.close();
    }
}

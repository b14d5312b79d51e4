package dev.fleetrunner.app;

import dev.fleetrunner.egress.AddressRules;
import dev.fleetrunner.egress.DnsLookup;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.egress.SocketDirectory;
import dev.fleetrunner.store.TaskIndex;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The ways out of tasks that may reach only some hosts, as the settings have them. On a Vert.x of their own: that of the
 * service registers metrics for each HTTP server, of which the registry takes one kind alone, and a listener that it refuses
 * is never told of. So tasks' traffic also takes no turns of the service's event loops.
 */
final class WaysOut implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(EVENT_LOOPS));
    private final DnsLookup lookup;
    private final Egress egress;

    /** @throws IllegalArgumentException with the name of a setting that cannot be used */
    WaysOut(FleetConfig config, String instance, Executor worker, MeterRegistry metrics) {
        var addresses = new AddressRules(config.egress().privateAddresses().orElse(List.of()));
        var sockets = SocketDirectory.open(
                config.socketDir().orElseGet(() -> SocketDirectory.usual(instance, System.getenv())));
        lookup = new DnsLookup(config.egress().hostsFile());
        egress = new Egress(vertx, sockets, addresses, lookup, worker);
        FunctionCounter.builder("fleet.egress.denied", egress, Egress::deniedRequests)
                .register(metrics);
    }

    Egress egress() {
        return egress;
    }

    /** Removes what tasks have left that are over. */
    Uni<Void> sweep(TaskIndex index) {
        return egress.tasks()
                .onItem()
                .transformToMulti(tasks -> Multi.createFrom().iterable(tasks))
                .onItem()
                .transformToUniAndConcatenate(id -> index.get(id)
                        .chain(row ->
                                row.map(known -> known.status().terminal()).orElse(true)
                                        ? egress.close(id)
                                        : Uni.createFrom().voidItem()))
                .collect()
                .last();
    }

    @Override
    public void close() {
        egress.close();
        lookup.close();
        vertx.close();
    }
}

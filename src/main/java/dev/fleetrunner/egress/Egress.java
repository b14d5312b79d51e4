package dev.fleetrunner.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes proxies.
 *
 * @param addresses which addresses may be connected to
 * @param resolver finds the addresses of names
 */
public record Egress(Addresses addresses, Resolver resolver) {

    /**
     * Opens a proxy for one task.
     *
     * @param socket where it listens: the path of a unix socket that does not exist
     * @param allow entries of {@code network.allow}
     * @param denied is told, on any thread, of what is refused
     */
    public Uni<EgressProxy> open(Vertx vertx, Path socket, List<String> allow, Consumer<Denied> denied) {
        var judge = new Judge(new Rules(allow), addresses, resolver, denied);
        return EgressProxy.listen(vertx.getDelegate(), socket, judge);
    }
}

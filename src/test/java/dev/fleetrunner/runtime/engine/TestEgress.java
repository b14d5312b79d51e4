package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.egress.AddressRules;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.egress.Lookup;
import dev.fleetrunner.egress.SocketDirectory;
import io.vertx.core.Future;
import io.vertx.mutiny.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Ways out whose names lead to this machine, in a directory of their own. */
record TestEgress(Egress egress, ExecutorService worker) implements AutoCloseable {

    static TestEgress open(Vertx vertx, String instance) {
        // The last characters of an id differ between tests, the first tell the time.
        Path directory = Path.of("/tmp", "fleet-test-" + instance.substring(instance.length() - 12));
        ExecutorService worker = Executors.newFixedThreadPool(2);
        var egress = new Egress(
                vertx.getDelegate(),
                SocketDirectory.open(directory),
                new AddressRules(List.of("127.0.0.0/8")),
                lookup(),
                worker);
        return new TestEgress(egress, worker);
    }

    private static Lookup lookup() {
        Map<String, byte[]> known = Map.of("inside.example", new byte[] {10, 0, 0, 1});
        return name -> {
            byte[] address = known.getOrDefault(name, name.endsWith(".test") ? new byte[] {127, 0, 0, 1} : null);
            try {
                return address == null
                        ? Future.failedFuture("unknown")
                        : Future.succeededFuture(List.of(InetAddress.getByAddress(address)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public void close() {
        egress.close();
        worker.shutdown();
    }
}

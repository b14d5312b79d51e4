package dev.fleetrunner.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Services that must not outlive this program, nor their containers, when it is interrupted. */
final class Running {
    private static final Set<Service> SERVICES = ConcurrentHashMap.newKeySet();
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Running::closeAll));
    }

    private Running() {}

    /** Fails for a service that was started while this program ends, and stops it. */
    static void add(Service service) throws IOException {
        SERVICES.add(service);
        if (ending) {
            service.close();
            throw new IOException("interrupted");
        }
    }

    static void remove(Service service) {
        SERVICES.remove(service);
    }

    private static void closeAll() {
        ending = true;
        for (Service service : List.copyOf(SERVICES)) {
            try {
                service.close();
            } catch (IOException e) {
                System.err.println("a service's containers could not be removed: " + e.getMessage());
            }
        }
    }
}

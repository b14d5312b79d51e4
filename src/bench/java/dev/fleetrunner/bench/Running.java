package dev.fleetrunner.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Services that must not outlive this program, nor their containers, when it is interrupted. */
final class Running {
    private static final Set<Service> SERVICES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Running::closeAll));
    }

    private Running() {}

    static void add(Service service) {
        SERVICES.add(service);
    }

    static void remove(Service service) {
        SERVICES.remove(service);
    }

    private static void closeAll() {
        for (Service service : List.copyOf(SERVICES)) {
            try {
                service.close();
            } catch (IOException e) {
                System.err.println("a service's containers could not be removed: " + e.getMessage());
            }
        }
    }
}

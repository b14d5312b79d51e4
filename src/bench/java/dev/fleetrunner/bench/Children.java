package dev.fleetrunner.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Services that must not outlive this program, however it ends. */
final class Children {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private Children() {}

    static void add(Process process) {
        RUNNING.removeIf(other -> !other.isAlive());
        RUNNING.add(process);
    }
}

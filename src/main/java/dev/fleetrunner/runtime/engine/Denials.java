package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.egress.Denied;
import dev.fleetrunner.runtime.DeniedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** What of a task's wishes was denied: in memory, and in a file for the next life of the runner. Thread-safe. */
final class Denials {
    private static final Logger LOG = Logger.getLogger(Denials.class);
    /** What a task tries is its own doing; nobody reads more. */
    private static final int MOST = 100;

    private static final String PRIVATE = " private";

    private final Path file;
    private final Executor worker;
    private final Map<String, Boolean> hosts = new TreeMap<>();

    /**
     * @param file where they are kept; what is in it is read now, which blocks
     */
    Denials(Path file, Executor worker) {
        this.file = file;
        this.worker = worker;
        try {
            Files.readAllLines(file).forEach(line -> hosts.put(line.replace(PRIVATE, ""), line.endsWith(PRIVATE)));
        } catch (NoSuchFileException first) {
            hosts.clear();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void add(Denied denied) {
        boolean isPrivate = denied.reason() == Denied.Reason.PRIVATE_ADDRESS;
        synchronized (hosts) {
            if (hosts.size() >= MOST || hosts.putIfAbsent(denied.rule(), isPrivate) != null) {
                return;
            }
        }
        worker.execute(() -> keep(denied.rule() + (isPrivate ? PRIVATE : "")));
    }

    private void keep(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            LOG.debugf("%s cannot be written: %s", file, unwritable.getMessage());
        }
    }

    List<DeniedHost> list() {
        synchronized (hosts) {
            return hosts.entrySet().stream()
                    .map(host -> new DeniedHost(host.getKey(), host.getValue()))
                    .sorted(Comparator.comparing(DeniedHost::rule))
                    .toList();
        }
    }
}

package dev.fleetrunner.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A service inside this process: on a free port of the loopback address, with a token that nobody else knows, and with a
 * data directory of its own. One in a process, once. Engines are found as by any other service.
 */
public final class LocalService implements AutoCloseable {
    private static final int TOKEN_BYTES = 32;
    private static final Duration READY = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Path data;
    private final boolean kept;
    private final String token;
    private final Thread ending = new Thread(this::close, "local-service");
    private Application application;
    private String url;

    private LocalService(Path data, boolean kept) {
        this.data = data;
        this.kept = kept;
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
    }

    /**
     * Starts it; returns when it answers.
     *
     * @param dataDirectory where it keeps its files and its log, {@code service.log}; null for a temporary one, which is
     *     removed at the end
     */
    public static LocalService start(Shell shell, Path dataDirectory) {
        Path application = Unpacked.directory(shell);
        LocalService service = new LocalService(directory(dataDirectory), dataDirectory != null);
        service.start(application);
        return service;
    }

    private static Path directory(Path given) {
        try {
            return given == null
                    ? Files.createTempDirectory("fleet-local-")
                    : Files.createDirectories(given.toAbsolutePath());
        } catch (IOException e) {
            throw new Misconfigured(
                    given == null
                            ? "--local: no temporary directory can be made: " + e.getMessage() + "; give --data-dir"
                            : "--data-dir " + given + " is no directory, and cannot be made one; name another");
        }
    }

    private void start(Path directory) {
        // Not an argument of the process, which others could read.
        System.setProperty("fleet.admin-token", token);
        System.setProperty("fleet.data-dir", data.toString());
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", "0");
        System.setProperty("quarkus.log.console.enabled", "false");
        System.setProperty("quarkus.log.file.enabled", "true");
        System.setProperty("quarkus.log.file.path", data.resolve("service.log").toString());
        // Not where all programs have theirs: it is to be gone with the rest.
        System.setProperty(
                "quarkus.http.body.uploads-directory", data.resolve("uploads").toString());
        System.setProperty(
                "quarkus.vertx.cache-directory", data.resolve("vertx").toString());
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            application = Application.start(directory);
            url = application.url();
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            remove();
            throw new IllegalStateException("the service did not start: " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        String words = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return words.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Waits until it takes tasks, but no longer than some seconds: an engine may answer late, or never. */
    public void awaitReady() {
        Service service = new Service(url, token);
        long end = System.nanoTime() + READY.toNanos();
        while (!isReady(service) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static boolean isReady(Service service) {
        try {
            var answer = service.exchange("GET", Address.of("/q/health/ready"), Map.of(), null);
            answer.body().close();
            return answer.statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its address. */
    public String url() {
        return url;
    }

    /** What opens it, for an administrator. */
    public String token() {
        return token;
    }

    /** Cancels what still runs, waits for its end, and stops; harmless when repeated. */
    @Override
    public synchronized void close() {
        try {
            if (application != null) {
                cancelAll();
                application.stop();
            }
        } finally {
            application = null;
            remove();
        }
    }

    /** A service that stops leaves its tasks to the next one; after this there is none. */
    private void cancelAll() {
        Service service = new Service(url, token);
        JsonNode tasks = service.get(Address.of("/api/v1/tasks")
                        .with("status", "pending,running")
                        .with("limit", 1000))
                .tree()
                .path("tasks");
        tasks.forEach(task -> service.post(Address.ofTask(Json.text(task, "id"), "/cancel"), null));
        tasks.forEach(task ->
                service.get(Address.ofTask(Json.text(task, "id"), "/result").with("wait", 60)));
    }

    private void remove() {
        if (!kept) {
            Removal.of(data);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException alreadyEnding) {
            return;
        }
    }
}

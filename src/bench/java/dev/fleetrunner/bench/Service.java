package dev.fleetrunner.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service of our own on one engine with a fresh data directory; closing it stops it and removes its containers. */
final class Service implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int STOP_SECONDS = 30;

    private final Stage stage;
    private final Engine engine;
    private final Launch launch;
    private final Map<String, String> settings;
    private final Path data;
    private final int port;
    private Process process;
    private double secondsToReady;

    private Service(Stage stage, Engine engine, Launch launch, Map<String, String> settings) throws IOException {
        this.stage = stage;
        this.engine = engine;
        this.launch = launch;
        this.settings = settings;
        this.data = Files.createTempDirectory(Files.createDirectories(stage.work()), "service-");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param settings its settings as environment variables, beside those of place and engine
     */
    static Service start(Stage stage, Engine engine, Launch launch, Map<String, String> settings)
            throws IOException, InterruptedException {
        var service = new Service(stage, engine, launch, settings);
        service.begin();
        return service;
    }

    private void begin() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(launch.command());
        var environment = builder.environment();
        environment.keySet().removeIf(key -> key.startsWith("FLEET_") || key.startsWith("QUARKUS_"));
        environment.putAll(own());
        environment.putAll(settings);
        long start = System.nanoTime();
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Running.add(this);
        awaitReady(start);
        secondsToReady = (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    private Map<String, String> own() {
        Map<String, String> own = new HashMap<>();
        own.put("FLEET_DATA_DIR", data.toString());
        own.put("FLEET_DEFAULT_IMAGE", stage.image());
        own.put("FLEET_RUNTIME", engine.name());
        own.put("FLEET_ENGINE_SOCKETS", engine.socket().toString());
        own.put("FLEET_ENGINE_USUAL_SOCKETS", "false");
        own.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return own;
    }

    private void awaitReady(long start) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        var ask = HttpRequest.newBuilder(URI.create(base() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        while (!answers(client, ask)) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
                throw new IOException("the service did not get ready: " + Files.readString(log()));
            }
            Thread.sleep(5);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest ask) throws InterruptedException {
        try {
            return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private Path log() {
        return data.resolve("service.log");
    }

    Rest rest() throws IOException {
        return new Rest(base(), Files.readString(data.resolve("admin-token")).strip());
    }

    /** The id that its containers bear. */
    String instance() throws IOException {
        return Files.readString(data.resolve("instance")).strip();
    }

    double secondsToReady() {
        return secondsToReady;
    }

    long pid() {
        return process.pid();
    }

    /** The memory that it has in use, by the kernel's count. */
    double rssMiB() throws IOException {
        return Memory.rssMiB(process.pid());
    }

    /** The processor time that it has taken since it was started. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    /** Waits until the containers of finished tasks are removed, so that this work falls into nobody's time. */
    void settle() throws IOException, InterruptedException {
        while (!engine.containersOf(instance()).isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** Ends it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on the same data. */
    void restart() throws IOException, InterruptedException {
        begin();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        Running.remove(this);
        engine.removeContainersOf(instance());
    }
}

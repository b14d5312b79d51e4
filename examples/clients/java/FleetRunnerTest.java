import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Tests of the client against a running service, which FLEET_URL and FLEET_TOKEN name. Without a framework. */
final class FleetRunnerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FleetRunner fleet = FleetRunner.fromEnvironment();
    private final Path directory;

    private FleetRunnerTest(Path directory) {
        this.directory = directory;
    }

    private interface Check {
        void run(FleetRunnerTest test) throws Exception;
    }

    public static void main(String[] ignored) throws Exception {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("a whole round", FleetRunnerTest::wholeRound);
        checks.put("a failure says why", FleetRunnerTest::failure);
        checks.put("a bad spec names its fields", FleetRunnerTest::badSpec);
        checks.put("the same key is the same task", FleetRunnerTest::sameKey);
        checks.put("a log goes on where its connection was cut", FleetRunnerTest::cutLog);
        checks.put("what runs can be cancelled", FleetRunnerTest::cancel);
        checks.put("a reader may leave", FleetRunnerTest::leave);
        checks.put("bytes that are no text", FleetRunnerTest::bytes);
        checks.put("two tasks at once", FleetRunnerTest::twoAtOnce);
        checks.put("nothing is written outside", FleetRunnerTest::outside);
        checks.put("a task that is not known", FleetRunnerTest::unknownTask);
        checks.put("no service", FleetRunnerTest::noService);
        checks.put("a wrong token", FleetRunnerTest::wrongToken);
        for (var check : checks.entrySet()) {
            check.getValue().run(new FleetRunnerTest(Files.createTempDirectory("fleet-test-")));
            System.out.println("ok " + check.getKey());
        }
        // What HttpClient leaves running does not hold a program back.
        System.out.println("OK, " + checks.size() + " tests");
    }

    private static Map<String, Object> script(String text) {
        return Map.of("cmd", List.of("/bin/sh", "-c", text));
    }

    private List<String> log(FleetRunner from, String task) {
        List<String> texts = new ArrayList<>();
        try (var lines = from.streamLogs(task)) {
            lines.forEachRemaining(line -> texts.add(line.text()));
        }
        return texts;
    }

    private void wholeRound() throws IOException {
        Path files = Files.createDirectories(directory.resolve("files/bin")).getParent();
        Path say = Files.writeString(
                files.resolve("bin/say"), "#!/bin/sh\necho hello; mkdir out; echo 42 > 'out/the answer'\n");
        Files.setPosixFilePermissions(say, PosixFilePermissions.fromString("rwxr-xr-x"));
        String workspace = fleet.uploadWorkspace(files);
        String task = fleet.runTask(Map.of(
                "cmd", List.of("/workspace/bin/say"),
                "mounts", List.of(Map.of("type", "workspace", "source", workspace, "target", "/workspace")),
                "artifacts", Map.of("paths", List.of("/workspace/out"))));

        equal(List.of("hello"), log(fleet, task));
        var result = fleet.awaitResult(task, MINUTE).orElseThrow();
        equal(true, result.passed());
        equal(null, result.cause());
        equal(1, result.captured().artifacts().get(0).files());
        equal("none", result.document().at("/metadata/enforced/network").asText());
        var copied = fleet.copyArtifacts(task, directory.resolve("kept"));
        equal(List.of(directory.toRealPath().resolve("kept/workspace/out/the answer")), copied);
        equal("42\n", Files.readString(copied.get(0)));
        equal(copied, fleet.copyArtifacts(task, directory.resolve("kept")));
        equal("healthy", fleet.health().status());
    }

    private void failure() {
        var result = fleet.awaitResult(fleet.runTask(script("exit 3")));

        equal(false, result.passed());
        equal(3, result.exitCode());
        equal("EXIT_NONZERO", result.cause().code());
        equal(false, result.cause().retryable());
    }

    private void badSpec() {
        var refused = refused(
                () -> fleet.runTask(Map.of("cmd", List.of("true"), "timeouts", Map.of("overall_sec", 1))));

        equal("INVALID_SPEC", refused.code());
        equal(400, refused.status());
        equal("/timeouts/overall_sec", refused.faults().get(0).pointer());
        equal(true, refused.getMessage().contains("/timeouts/overall_sec: unknown field"));
    }

    private void sameKey() {
        String key = "java-test-" + UUID.randomUUID();

        equal(fleet.runTask(script("true"), key), fleet.runTask(script("true"), key));
    }

    private void cutLog() throws IOException {
        String task = fleet.runTask(script("i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done"));
        fleet.awaitResult(task);
        try (var wire = new Wire(URI.create(System.getenv("FLEET_URL")), 4096)) {
            var through = new FleetRunner(wire.url(), System.getenv("FLEET_TOKEN"));

            equal(IntStream.rangeClosed(1, 200).mapToObj(number -> "line " + number).toList(), log(through, task));
            equal(true, wire.cuts.get() > 1);
        }
    }

    private void cancel() {
        String task = fleet.runTask(script("echo up; sleep 300"));
        try (var lines = fleet.streamLogs(task)) {
            equal("up", lines.next().text());
        }
        equal(true, fleet.awaitResult(task, Duration.ofMillis(100)).isEmpty());

        equal(task, fleet.cancel(task).id());

        equal("cancelled", fleet.awaitResult(task).status());
        equal("CANCELLED", fleet.cancel(task).cause());
    }

    private void leave() throws InterruptedException {
        String task = fleet.runTask(script("echo up; sleep 300"));
        var lines = fleet.streamLogs(task);
        equal("up", lines.next().text());
        var reader = new Thread(lines::hasNext);
        reader.start();

        lines.close();

        reader.join(Duration.ofSeconds(30).toMillis());
        equal(false, reader.isAlive());
        equal(false, lines.hasNext());
        fleet.cancel(task);
    }

    private void bytes() {
        String task = fleet.runTask(script("printf 'a\\377b\\nc\\n'"));
        try (var lines = fleet.streamLogs(task)) {
            var first = lines.next();
            equal((byte) 0xff, first.data()[1]);
            equal("a\ufffdb", first.text());
            equal(1L, first.number());
        }
        try (var lines = fleet.streamLogs(task, 1)) {
            equal("c", lines.next().text());
            equal(false, lines.hasNext());
        }
    }

    private void twoAtOnce() {
        var first = fleet.runTaskAsync(script("exit 1")).thenCompose(fleet::awaitResultAsync);
        var second = fleet.runTaskAsync(script("exit 2")).thenCompose(fleet::awaitResultAsync);

        equal(3, first.thenCombine(second, (one, two) -> one.exitCode() + two.exitCode()).join());
    }

    private void outside() throws IOException {
        Files.createSymbolicLink(directory.resolve("up"), Path.of(".."));

        refused(() -> FleetRunner.within(directory, "../x"));
        refused(() -> FleetRunner.within(directory, "a/../../x"));
        refused(() -> FleetRunner.within(directory, "up/x"));
        equal(directory.resolve("a/b"), FleetRunner.within(directory, "a/b"));
    }

    private void unknownTask() {
        equal("NOT_FOUND", refused(() -> fleet.awaitResult("nothing")).code());
        equal("NOT_FOUND", refused(() -> fleet.cancel("nothing")).code());
        equal("NOT_FOUND", refused(() -> fleet.copyArtifacts("nothing", directory)).code());
        try (var lines = fleet.streamLogs("nothing")) {
            equal("NOT_FOUND", refused(lines::hasNext).code());
        }
    }

    private void noService() throws IOException {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        var failure = refused(() -> new FleetRunner("http://127.0.0.1:" + port, "").health());

        equal(0, failure.status());
        equal(true, failure.retryable());
        equal(true, failure.remedy().contains("FLEET_URL"));
    }

    private void wrongToken() {
        var refused = refused(() -> new FleetRunner(System.getenv("FLEET_URL"), "wrong").health());

        equal("UNAUTHORIZED", refused.code());
        equal(401, refused.status());
    }

    private static FleetRunner.FleetException refused(Runnable call) {
        try {
            call.run();
        } catch (FleetRunner.FleetException refusal) {
            return refusal;
        }
        throw new AssertionError("it was not refused");
    }

    private static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", but it was " + actual);
        }
    }

    /** Leads connections to the service, and cuts each after so many bytes of its answer. */
    private static final class Wire implements AutoCloseable {
        private final AtomicInteger cuts = new AtomicInteger();
        private final ServerSocket near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final URI far;
        private final int most;

        Wire(URI far, int most) throws IOException {
            this.far = far;
            this.most = most;
            start(this::accept);
        }

        String url() {
            return "http://127.0.0.1:" + near.getLocalPort();
        }

        private static void start(Runnable work) {
            var thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket here = near.accept();
                    Socket there = new Socket(far.getHost(), far.getPort());
                    start(() -> lead(here, there, Integer.MAX_VALUE));
                    start(() -> lead(there, here, most));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void lead(Socket source, Socket sink, int limit) {
            try (source;
                    sink) {
                InputStream in = source.getInputStream();
                OutputStream out = sink.getOutputStream();
                byte[] block = new byte[512];
                int led = 0;
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    led += read;
                    if (led > limit) {
                        cuts.incrementAndGet();
                        return;
                    }
                    out.write(block, 0, read);
                }
            } catch (IOException cut) {
                // The other direction was cut.
            }
        }

        @Override
        public void close() throws IOException {
            near.close();
        }
    }
}

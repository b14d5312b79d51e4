import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.FileVisitOption.FOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Fleet Runner for Java 17: one file, and Jackson. May be used by several threads.
 *
 * <pre>{@code
 * var fleet = FleetRunner.fromEnvironment(); // FLEET_URL and FLEET_TOKEN
 * String task = fleet.runTask(Map.of("cmd", List.of("agent-task"), "env", Map.of("TASK", "unit", "LANG", "java")));
 * try (var lines = fleet.streamLogs(task)) {
 *     lines.forEachRemaining(line -> System.out.println(line.text()));
 * }
 * var result = fleet.awaitResult(task);
 * }</pre>
 *
 * What the service refuses, and a service that does not answer, is a {@link FleetException}.
 */
public final class FleetRunner {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Two of the service's heartbeats, and some: a stream that is silent for longer is broken. */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private static final int TRIES = 3;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String url;
    private final String token;

    /** A service at its address, as {@code http://127.0.0.1:8080}, with a token. */
    public FleetRunner(String url, String token) {
        this.url = url.replaceAll("/+$", "");
        this.token = token;
    }

    /** The service that {@code FLEET_URL} (else {@code http://127.0.0.1:8080}) and {@code FLEET_TOKEN} name. */
    public static FleetRunner fromEnvironment() {
        Map<String, String> names = System.getenv();
        return new FleetRunner(
                names.getOrDefault("FLEET_URL", "http://127.0.0.1:8080"), names.getOrDefault("FLEET_TOKEN", ""));
    }

    /** Where a task stands; {@code cause} is a code, null while there is none. */
    public record Task(String id, String status, String phase, String cause, Integer exitCode) {}

    /** What came of a task; {@code document} is all of the TaskResult. Null where it is null there. */
    public record Result(
            String id,
            String status,
            Integer exitCode,
            Cause cause,
            Tests tests,
            Captured captured,
            List<String> notes,
            List<String> deniedHosts,
            JsonNode document) {
        /** Whether the command ended with exit code 0. */
        public boolean passed() {
            return status.equals("passed");
        }
    }

    /** Why a task did not pass, what to do about it, and whether the same task may be tried again. */
    public record Cause(String code, String message, String remedy, boolean retryable) {}

    /** What the test reports among the artifacts say. */
    public record Tests(int total, int passed, int failed, int skipped, double durationSec, List<Failure> failures) {}

    /** A test that failed; all but the name may be null. */
    public record Failure(String name, String suite, String file, Integer line, String message, String details) {}

    /** What was kept of a task, by declared path. */
    public record Captured(String logsRef, long logBytes, boolean logTruncated, List<Kept> artifacts) {}

    /** What one declared path came to. */
    public record Kept(String path, String ref, int files, long sizeBytes, String sha256) {}

    /** How the service is: {@code healthy} or {@code degraded}; runtime is null if none answers. */
    public record Health(
            String status,
            String runtime,
            @JsonProperty("active_tasks") long activeTasks,
            @JsonProperty("queued_tasks") long queuedTasks,
            @JsonProperty("total_tasks") long totalTasks) {}

    /**
     * A line of a log.
     *
     * @param number from 1, without gaps
     * @param stream stdout, stderr, or runner, where the log itself has a gap
     * @param at when it came, ISO 8601
     * @param data its bytes, without the newline
     */
    public record LogLine(long number, String stream, String at, byte[] data) {
        /** The line as text; bytes that are no UTF-8 become U+FFFD. */
        public String text() {
            return new String(data, UTF_8);
        }
    }

    /** What is wrong with one field of a spec. */
    public record Fault(String pointer, String message, String remedy) {}

    /** A refusal of the service, or (status 0, code null) a service that does not answer. */
    public static final class FleetException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient Problem problem;

        private FleetException(int status, Problem problem, Throwable cause) {
            super(problem.words(), cause);
            this.status = status;
            this.problem = problem;
        }

        private static FleetException local(String detail, String remedy, Throwable cause) {
            return new FleetException(0, new Problem(detail, null, remedy, true, null), cause);
        }

        /** The status of HTTP; 0 where there was no answer. */
        public int status() {
            return status;
        }

        /** One of the contract's cause codes, or null. */
        public String code() {
            return problem.code;
        }

        /** What to do about it, or null. */
        public String remedy() {
            return problem.remedy;
        }

        /** Whether the same call may do later. */
        public boolean retryable() {
            return problem.retryable;
        }

        /** What is wrong with a spec, field by field. */
        public List<Fault> faults() {
            return problem.faults == null ? List.of() : problem.faults;
        }
    }

    private record Problem(String detail, String code, String remedy, boolean retryable, List<Fault> faults) {
        String words() {
            var words = new StringBuilder(detail);
            if (faults != null) {
                faults.forEach(fault -> words.append("; ").append(fault.pointer).append(": ").append(fault.message));
            }
            return words.toString();
        }
    }

    private record TaskId(String id) {}

    private record Artifact(String path, String sha256, String href) {}

    private record Artifacts(List<Artifact> artifacts) {}

    /** Hands in a spec; the id of its task, as soon as the service will not forget it. */
    public String runTask(Object spec) {
        return got(runTaskAsync(spec));
    }

    /** The same with a key of the caller's: the same spec with the same key is the same task. */
    public String runTask(Object spec, String idempotencyKey) {
        return got(runTaskAsync(spec, idempotencyKey));
    }

    /** Hands in a spec, of any type that Jackson writes: a map, a tree, records of your own. */
    public CompletableFuture<String> runTaskAsync(Object spec) {
        // With a key, a call that broke off can be repeated: the task runs once.
        return runTaskAsync(spec, "java-" + UUID.randomUUID());
    }

    /** The same with a key of the caller's. */
    public CompletableFuture<String> runTaskAsync(Object spec, String idempotencyKey) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the spec cannot be written as JSON", e);
        }
        HttpRequest request = request("/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return json(request, TaskId.class, TRIES).thenApply(TaskId::id);
    }

    /** A task's log from its first line, live, until the task is over. Close it to leave before. */
    public LogLines streamLogs(String taskId) {
        return streamLogs(taskId, 0);
    }

    /** The lines behind a number. */
    public LogLines streamLogs(String taskId, long after) {
        return new LogLines(taskId, after);
    }

    /** Waits for a task's result, for as long as it takes. */
    public Result awaitResult(String taskId) {
        return got(awaitResultAsync(taskId));
    }

    /** Waits for a task's result; empty if the task is not over by then. */
    public Optional<Result> awaitResult(String taskId, Duration most) {
        return got(result(taskId, System.nanoTime() + most.toNanos()));
    }

    /** A task's result, for as long as it takes. */
    public CompletableFuture<Result> awaitResultAsync(String taskId) {
        return result(taskId, System.nanoTime() + LONGEST_WAIT.toNanos())
                .thenCompose(result -> result.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> awaitResultAsync(taskId)));
    }

    private CompletableFuture<Optional<Result>> result(String taskId, long end) {
        long left = Math.max(0, end - System.nanoTime());
        long wait = Math.min(LONGEST_WAIT.toSeconds(), Duration.ofNanos(left).toSeconds());
        HttpRequest request = request(task(taskId) + "/result?wait=" + wait).build();
        return json(request, JsonNode.class, TRIES).thenCompose(answer -> {
            if (answer.has("captured")) {
                return CompletableFuture.completedFuture(Optional.of(result(answer)));
            }
            return left == 0 ? CompletableFuture.completedFuture(Optional.empty()) : result(taskId, end);
        });
    }

    private static Result result(JsonNode document) {
        Result known = read(document.toString(), Result.class);
        return new Result(
                known.id,
                known.status,
                known.exitCode,
                known.cause,
                known.tests,
                known.captured,
                known.notes,
                known.deniedHosts,
                document);
    }

    /** Copies a task's artifacts below a directory, each checked against its SHA-256; the paths written. */
    public List<Path> copyArtifacts(String taskId, Path directory) {
        var listed = got(json(request(task(taskId) + "/artifacts").build(), Artifacts.class, TRIES));
        try {
            Path root = Files.createDirectories(directory).toRealPath();
            List<Path> written = new ArrayList<>();
            for (Artifact artifact : listed.artifacts) {
                written.add(copy(artifact, root));
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy(Artifact artifact, Path root) throws IOException {
        Path target = within(root, artifact.path);
        Files.createDirectories(target.getParent());
        // Never half a file under its name, and never one through a link that was there.
        Path part = Files.createTempFile(target.getParent(), ".fleet-", "");
        try {
            got(answer(request(artifact.href).build(), BodyHandlers.ofFile(part), part, TRIES));
            if (!sha256(part).equals(artifact.sha256)) {
                throw FleetException.local("artifact " + artifact.path + " came damaged", "copy it again", null);
            }
            return Files.move(part, target, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Where a path of the service's belongs; no way up, and none through a link that lies there. */
    static Path within(Path root, String path) {
        Path step = root;
        for (Path name : Path.of(path)) {
            step = step.resolve(name);
            if (name.toString().equals("..") || Files.isSymbolicLink(step)) {
                throw FleetException.local("artifact " + path + " would be written outside " + root, null, null);
            }
        }
        return step;
    }

    /** Asks for a task's end; harmless when it is over. */
    public Task cancel(String taskId) {
        return got(cancelAsync(taskId));
    }

    /** Asks for a task's end. */
    public CompletableFuture<Task> cancelAsync(String taskId) {
        HttpRequest request =
                request(task(taskId) + "/cancel").POST(BodyPublishers.noBody()).build();
        return json(request, Task.class, TRIES);
    }

    /** How the service is. */
    public Health health() {
        return got(healthAsync());
    }

    /** How the service is. */
    public CompletableFuture<Health> healthAsync() {
        return json(request("/api/v1/health").build(), Health.class, 1);
    }

    /** Uploads a directory, following links, or an archive (tar, tar.gz, zip); the id for a mount's source. */
    public String uploadWorkspace(Path files) {
        try {
            return Files.isDirectory(files) ? uploadPacked(files) : upload(BodyPublishers.ofFile(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String upload(BodyPublisher archive) {
        HttpRequest request = request("/api/v1/workspaces")
                .header("Content-Type", "application/octet-stream")
                .timeout(Duration.ofMinutes(10))
                .POST(archive)
                .build();
        return got(json(request, TaskId.class, 1)).id;
    }

    private String uploadPacked(Path directory) throws IOException {
        Path place = Files.createTempDirectory("fleet-");
        Path zip = place.resolve("files.zip");
        try {
            pack(directory, zip);
            return upload(BodyPublishers.ofFile(zip));
        } finally {
            Files.deleteIfExists(zip);
            Files.delete(place);
        }
    }

    private static void pack(Path directory, Path zip) throws IOException {
        // With permissions, or no script in it could be run.
        Map<String, String> form = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (var archive = FileSystems.newFileSystem(zip, form);
                var found = Files.walk(directory, FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) found::iterator) {
                Path entry = archive.getPath("/").resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(entry);
                } else {
                    Files.copy(file, entry);
                    Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
                }
            }
        }
    }

    /** The lines of a log as they come; a lost connection goes on where it was. For one reader; any thread may close it. */
    public final class LogLines implements Iterator<LogLine>, AutoCloseable {
        private static final int MOST_LOST = 5;

        private final String path;
        private long after;
        private int lost;
        private Events events;
        private LogLine next;
        private boolean over;
        private volatile boolean closed;

        private LogLines(String taskId, long after) {
            this.path = task(taskId) + "/logs";
            this.after = after;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !over && !closed) {
                try {
                    Event event = connected().take();
                    over = event.name.equals("end");
                    if (!over && event.number > after) {
                        next = line(event.data);
                        after = event.number;
                        lost = 0;
                    }
                } catch (IOException broken) {
                    reconnectLater(broken);
                }
            }
            return next != null && !closed;
        }

        @Override
        public LogLine next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            LogLine line = next;
            next = null;
            return line;
        }

        @Override
        public void close() {
            closed = true;
            synchronized (this) {
                if (events != null) {
                    events.close();
                }
            }
        }

        private synchronized Events connected() {
            if (events == null) {
                events = new Events();
                HttpRequest request = request(path)
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", Long.toString(after))
                        .build();
                events.connect(http, request);
                if (closed) {
                    events.close();
                }
            }
            return events;
        }

        private void reconnectLater(IOException broken) {
            synchronized (this) {
                events.close();
                events = null;
            }
            if (closed) {
                return;
            }
            if (++lost > MOST_LOST) {
                throw FleetException.local("the log's connection is lost: " + broken.getMessage(), null, broken);
            }
            got(CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(100L << lost, MILLISECONDS)));
        }
    }

    private static LogLine line(String data) {
        try {
            JsonNode record = JSON.readTree(data);
            return new LogLine(
                    record.path("seq").asLong(),
                    record.path("stream").asText(),
                    record.path("ts").asText(),
                    bytes(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode record) throws IOException {
        JsonNode gap = record.path("gap");
        if (gap.isObject()) {
            return ("[%s bytes are missing here: %s]"
                            .formatted(gap.path("bytes").asText(), gap.path("reason").asText()))
                    .getBytes(UTF_8);
        }
        return record.has("b64")
                ? record.path("b64").binaryValue()
                : record.path("text").asText().getBytes(UTF_8);
    }

    private record Event(String name, long number, String data) {}

    /** One connection's server-sent events; holds few lines, so that a slow reader slows the service. */
    private static final class Events implements Flow.Subscriber<String> {
        private static final int AHEAD = 64;

        private final BlockingQueue<Object> lines = new LinkedBlockingQueue<>();
        private volatile Flow.Subscription subscription;
        private volatile boolean closed;
        private long number;

        void connect(HttpClient http, HttpRequest request) {
            BodyHandler<String> handler = head -> head.statusCode() == 200
                    ? BodySubscribers.fromLineSubscriber(this, done -> "", UTF_8, null)
                    : BodySubscribers.ofString(UTF_8);
            http.sendAsync(request, handler).whenComplete((answer, failure) -> {
                if (answer != null && answer.statusCode() != 200) {
                    lines.add(refusal(answer.statusCode(), answer.body()));
                } else {
                    lines.add(new IOException(failure == null ? "it ended before the log did" : failure.getMessage()));
                }
            });
        }

        /** The next event; what a lost connection leaves of one is passed over. */
        Event take() throws IOException {
            String name = "";
            var data = new StringBuilder();
            while (true) {
                String line = line();
                String value = line.substring(line.indexOf(':') + 1).stripLeading();
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(name, number, data.toString());
                } else if (line.startsWith("event:")) {
                    name = value;
                } else if (line.startsWith("id:")) {
                    number = Long.parseLong(value);
                } else if (line.startsWith("data:")) {
                    data.append(value);
                }
            }
        }

        private String line() throws IOException {
            Object line;
            try {
                line = lines.poll(SILENCE.toSeconds(), SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw FleetException.local("interrupted while waiting for the log", null, e);
            }
            if (line instanceof String text) {
                subscription.request(1);
                return text;
            } else if (line instanceof FleetException refused) {
                throw refused;
            } else if (line instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("it was silent for " + SILENCE.toSeconds() + " s");
        }

        void close() {
            closed = true;
            if (subscription != null) {
                subscription.cancel();
            }
            lines.add(new IOException("it was closed"));
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            if (closed) {
                begun.cancel();
            } else {
                begun.request(AHEAD);
            }
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable broken) {
            lines.add(new IOException(broken.getMessage()));
        }

        @Override
        public void onComplete() {
            lines.add(new IOException("it ended before the log did"));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token);
    }

    private static String task(String id) {
        return "/api/v1/tasks/" + URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }

    private <T> CompletableFuture<T> json(HttpRequest request, Class<T> type, int tries) {
        return answer(request, BodyHandlers.ofString(UTF_8), null, tries)
                .thenApply(answer -> read(answer.body(), type));
    }

    /** An answer with a good status; what is refused may lie in a file. */
    private <T> CompletableFuture<HttpResponse<T>> answer(
            HttpRequest request, BodyHandler<T> handler, Path file, int tries) {
        return http.sendAsync(request, handler)
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return tries > 1
                                ? answerLater(request, handler, file, tries - 1)
                                : CompletableFuture.<HttpResponse<T>>failedFuture(noAnswer(failure));
                    }
                    return answer.statusCode() / 100 == 2
                            ? CompletableFuture.completedFuture(answer)
                            : CompletableFuture.<HttpResponse<T>>failedFuture(
                                    refusal(answer.statusCode(), file == null ? answer.body() : read(file)));
                })
                .thenCompose(outcome -> outcome);
    }

    private <T> CompletableFuture<HttpResponse<T>> answerLater(
            HttpRequest request, BodyHandler<T> handler, Path file, int tries) {
        return CompletableFuture.supplyAsync(
                        () -> answer(request, handler, file, tries),
                        CompletableFuture.delayedExecutor(300, MILLISECONDS))
                .thenCompose(again -> again);
    }

    private FleetException noAnswer(Throwable failure) {
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        String words = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return FleetException.local(
                "no answer from " + url + ": " + words, "start the service, or set FLEET_URL to its address", reason);
    }

    private static FleetException refusal(int status, Object body) {
        Problem problem;
        try {
            problem = JSON.readValue(String.valueOf(body), Problem.class);
        } catch (JsonProcessingException noProblem) {
            problem = null;
        }
        if (problem == null || problem.detail == null) {
            problem = new Problem("the service answered " + status, null, null, status >= 500, null);
        }
        return new FleetException(status, problem, null);
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the service answered what is no " + type.getSimpleName(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T got(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw FleetException.local("interrupted while waiting for an answer", null, e);
        }
    }
}

package dev.fleetrunner.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The service's REST interface, as any program would use it. */
final class Rest {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final String token;

    Rest(String base, String token) {
        this.base = base;
        this.token = token;
    }

    String base() {
        return base;
    }

    String token() {
        return token;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private String whole(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(request.uri() + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    String get(String path) throws IOException, InterruptedException {
        return whole(to(path).build());
    }

    /** Hands in a spec and answers the task's id as soon as it is durable. */
    String submit(String spec) throws IOException, InterruptedException {
        return field(post("/api/v1/tasks", spec), "id");
    }

    /** Hands in a spec, waits for its result, and fails if it did not pass. */
    String pass(String spec) throws IOException, InterruptedException {
        return passed(post("/api/v1/tasks?wait=300", spec));
    }

    /** Waits for the result of a task, and fails if it did not pass. */
    String awaitPassed(String id) throws IOException, InterruptedException {
        return passed(get("/api/v1/tasks/" + id + "/result?wait=300"));
    }

    void cancel(String id) throws IOException, InterruptedException {
        post("/api/v1/tasks/" + id + "/cancel", "");
    }

    /** Uploads a directory as a workspace and answers its id, which does not depend on this machine's umask. */
    String upload(Path directory) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-C", directory.toString(), "--mode=u=rwX,go=rX", "-cf", "-", ".")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] archive = tar.getInputStream().readAllBytes();
        return field(
                whole(to("/api/v1/workspaces")
                        .header("Content-Type", "application/x-tar")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(archive))
                        .build()),
                "id");
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return whole(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String passed(String result) throws IOException {
        if (!"passed".equals(field(result, "status"))) {
            throw new IOException("the task did not pass: " + result);
        }
        return result;
    }

    /** The log's bytes, or its live events, as they come. */
    InputStream log(String id, String accept) throws IOException, InterruptedException {
        var answer = client.send(
                to("/api/v1/tasks/" + id + "/logs").header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("the log was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /** So many readers of a log as the console's page reads it; for each, how long every line took to it, in milliseconds. */
    List<List<Double>> watch(String id, int readers) {
        var watching = IntStream.range(0, readers)
                .mapToObj(i -> {
                    var clocks = new Clocks();
                    return client.sendAsync(
                                    to("/tasks/" + id + "/log")
                                            .header("Accept", "text/event-stream")
                                            .build(),
                                    HttpResponse.BodyHandlers.fromLineSubscriber(clocks))
                            .thenApply(answer -> clocks.milliseconds());
                })
                .toList();
        return watching.stream().map(CompletableFuture::join).toList();
    }

    /** The first value of a text field in a document. */
    static String field(String json, String name) throws IOException {
        Matcher match = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!match.find()) {
            throw new IOException("no " + name + " in " + json);
        }
        return match.group(1);
    }

    /** All values of a text field in a document. */
    static List<String> fields(String json, String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"")
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}

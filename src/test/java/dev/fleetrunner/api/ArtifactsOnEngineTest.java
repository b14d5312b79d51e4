package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.INVALID_REQUEST;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import dev.fleetrunner.service.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that tasks leave behind in real containers, over HTTP. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(180)
class ArtifactsOnEngineTest {
    private static final String TASKS = "/api/v1/tasks/";

    private final Client client = Client.known();

    static List<String> runtimes() {
        return ShellTask.runtimes();
    }

    private static String artifacts(JsonNode result) {
        return TASKS + result.get("id").asText() + "/artifacts";
    }

    private JsonNode list(JsonNode result) {
        HttpResponse<String> answer = client.get(artifacts(result));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Client.json(answer).get("artifacts");
    }

    private static List<String> notes(JsonNode result) {
        return ShellTask.texts(result.get("notes"));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void areThereHoweverTheTaskEnded(String runtime) {
        String write = "mkdir -p r && echo one > r/one && echo two > r/two; ";
        var spec = new ShellTask(runtime).artifacts("/workspace/r", "/workspace/none");
        Map<String, JsonNode> ended = new TreeMap<>();
        ended.put("passed", client.run(spec.doing(write)));
        ended.put("failed", client.run(spec.doing(write + "exit 3")));
        ended.put("timeout", client.run(spec.overallSec(2).doing(write + "sleep 100")));
        String id = client.submit(spec.doing(write + "echo ready; sleep 100"));
        await().until(() -> client.get(TASKS + id + "/logs").body().contains("ready"));
        client.post(TASKS + id + "/cancel", "");
        ended.put("cancelled", Client.json(client.get(TASKS + id + "/result?wait=60")));

        ended.forEach((status, result) -> {
            assertThat(result.get("status").asText()).isEqualTo(status);
            assertThat(result.at("/captured/artifacts/0/path").asText())
                    .as(result.toString())
                    .isEqualTo("/workspace/r");
            assertThat(result.at("/captured/artifacts/0/files").asInt()).isEqualTo(2);
            assertThat(result.at("/captured/artifacts/0/sizeBytes").asInt()).isEqualTo(8);
            assertThat(result.at("/captured/artifacts/0/ref").asText()).startsWith("file:///");
            assertThat(notes(result)).containsExactly("artifact path /workspace/none matched nothing");
            JsonNode files = list(result);
            assertThat(files).hasSize(2);
            assertThat(files.at("/0/path").asText()).isEqualTo("workspace/r/one");
            assertThat(files.at("/0/sizeBytes").asInt()).isEqualTo(4);
            assertThat(files.at("/0/sha256").asText()).isEqualTo(sha256("one\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.get(files.at("/0/href").asText()).body()).isEqualTo("one\n");
        });
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aDeclaredPathThatIsALinkIsFollowedWithinItsVolume(String runtime) throws IOException {
        Path secret = Files.writeString(Client.data().resolve("secret-of-the-host"), "secret");
        JsonNode result = client.run(new ShellTask(runtime)
                .artifacts(
                        "/workspace/latest",
                        "/workspace/one.txt",
                        "/workspace/host",
                        "/workspace/up",
                        "/workspace/image",
                        "/workspace/home",
                        "/workspace/proc",
                        "/workspace/dangling")
                .doing("mkdir run-1; echo here > run-1/file; echo home > ~/file;"
                        + "ln -s run-1 latest; ln -s latest/file one.txt; ln -s " + secret.toAbsolutePath()
                        + " host; ln -s ../../../../.." + secret.toAbsolutePath() + " up; ln -s /etc/passwd image;"
                        + "ln -s /home/agent/file home; ln -s /proc/1/environ proc; ln -s nowhere dangling"));
        assertThat(ShellTask.texts(list(result).findValues("path")))
                .containsExactly("workspace/latest/file", "workspace/one.txt");
        assertThat(client.get(artifacts(result) + "/workspace/one.txt").body()).isEqualTo("here\n");
        // Podman looks for what an absolute link names inside the volume, and may fail on the way.
        assertThat(notes(result)).hasSize(6);
        for (String link : List.of("host", "up", "image", "home", "proc", "dangling")) {
            assertThat(notes(result)).as(link).anyMatch(note -> note.contains(" /workspace/" + link + " "));
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void aWholeVolumeIsCollected(String runtime) {
        JsonNode result = client.run(new ShellTask(runtime)
                .artifacts("/workspace", "/home/agent/*.bin")
                .doing("mkdir d; echo a > a; echo b > d/b; echo c > ~/c.bin"));
        assertThat(ShellTask.texts(list(result).findValues("path")))
                .containsExactly("home/agent/c.bin", "workspace/a", "workspace/d/b");
        assertThat(notes(result)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, line, bytes 0-3/26",
        "bytes=20-, middle, bytes 20-25/26",
        "bytes=-3, dle, bytes 23-25/26",
        "bytes=5-9999, 1 and then the middle, bytes 5-25/26"
    })
    void areGivenInRanges(String range, String text, String contentRange) {
        JsonNode result = client.run(new ShellTask("auto")
                .artifacts("/workspace/f.log")
                .doing("printf 'line 1 and then the middle' > f.log"));
        String file = artifacts(result) + "/workspace/f.log";
        HttpResponse<String> part = client.get(file, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(text);
        assertThat(part.headers().firstValue("Content-Range")).hasValue(contentRange);
        assertThat(part.headers().firstValue("Content-Length")).hasValue(Integer.toString(text.length()));

        HttpResponse<String> none = client.get(file, "Range", "bytes=26-");
        problem(none, 416, INVALID_REQUEST);
        assertThat(none.headers().firstValue("Content-Range")).hasValue("bytes */26");

        String etag = client.get(file).headers().firstValue("ETag").orElseThrow();
        assertThat(client.get(file, "Range", range, "If-Range", etag).statusCode())
                .isEqualTo(206);
        assertThat(client.get(file, "Range", range, "If-Range", "\"other\"").body())
                .hasSize(26);
        HttpResponse<String> known = client.get(file, "If-None-Match", "\"x\", W/" + etag, "Range", range);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.headers().firstValue("ETag")).hasValue(etag);

        HttpResponse<String> head = client.call("HEAD", file);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("26");
        assertThat(head.headers().firstValue("ETag")).hasValue(etag);
        assertThat(head.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(client.call("HEAD", file + "x").statusCode()).isEqualTo(404);
        assertThat(client.call("HEAD", file, "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void areFoundUnderHostileNames(String runtime) {
        JsonNode result = client.run(new ShellTask(runtime)
                .artifacts("/workspace/r")
                .doing("mkdir r && cd r && p() { printf '%s' \"$1\" > \"$1\"; };"
                        + "p 'a\"b.html'; p \"$(printf 'new\\nline')\"; p \"$(printf '\\342\\200\\256txt.exe')\"; p '100%25.txt';"
                        + "p 'semi;colon=1?#&+ .svg'; p \"$(printf 'bad\\377byte')\"; p 'back\\slash'; p '...'; p '%2e%2e';"
                        + "mkdir -p 'd e/...'; p 'd e/.../x'"));
        JsonNode files = list(result);
        assertThat(files).hasSize(10);
        for (JsonNode file : files) {
            HttpResponse<byte[]> answer = client.bytes(file.get("href").asText());
            assertThat(answer.statusCode()).as(file.toString()).isEqualTo(200);
            assertThat(sha256(answer.body())).isEqualTo(file.get("sha256").asText());
            var headers = answer.headers();
            assertThat(headers.firstValue("Content-Disposition").orElseThrow())
                    .matches("attachment; filename=\"[A-Za-z0-9._ -]*\"; filename\\*=UTF-8''[A-Za-z0-9._~%-]+");
            assertThat(headers.firstValue("Content-Type").orElseThrow())
                    .isIn("application/octet-stream", "text/plain; charset=utf-8");
            assertThat(headers.firstValue("Content-Security-Policy")).hasValue("sandbox");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(ShellTask.texts(files.findValues("path")))
                .contains("workspace/r/bad%FFbyte", "workspace/r/new\nline");
        for (String none : List.of(
                "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "%00",
                "x%00",
                "%ff",
                "workspace%2Fr%2Fnone",
                "%0d%0aX-Evil:%201",
                "workspace/r/",
                "/etc/passwd",
                "%252e",
                "*",
                "workspace/r/bad%FFbyte",
                "a".repeat(3000),
                "workspace/r")) {
            HttpResponse<String> answer = client.get(artifacts(result) + "/" + none);
            assertThat(answer.statusCode()).as(none).isIn(400, 404);
            assertThat(answer.headers().firstValue("X-Evil")).isEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        for (String up : List.of("..", "%2e%2e")) {
            assertThat(client.get(artifacts(result) + "/" + up).body())
                    .as("dots are resolved before anybody looks: this is the task")
                    .isEqualTo(client.get(TASKS + result.get("id").asText()).body());
        }
        problem(client.get(TASKS + "none/artifacts"), 404, NOT_FOUND);
        problem(client.get(TASKS + "none/artifacts/x"), 404, NOT_FOUND);
        problem(client.get(TASKS + "none/artifacts.zip"), 404, NOT_FOUND);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void comeAllInAZip(String runtime) throws IOException {
        JsonNode result = client.run(new ShellTask(runtime)
                .artifacts("/workspace/r", "/home/agent/*.bin")
                .doing("mkdir -p r/deep/er && for i in 1 2 3; do head -c ${i}00000 /dev/urandom > r/deep/er/$i; done;"
                        + "head -c 3000000 /dev/urandom > ~/large.bin; : > r/empty"));
        Map<String, String> expected = new TreeMap<>();
        list(result)
                .forEach(file -> expected.put(
                        file.get("path").asText(), file.get("sha256").asText()));
        assertThat(expected).hasSize(5);

        HttpResponse<byte[]> zip = client.bytes(artifacts(result) + ".zip");
        assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(zip.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; ");
        Map<String, String> unpacked = new TreeMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                unpacked.put(entry.getName(), sha256(in.readAllBytes()));
            }
        }
        assertThat(unpacked).isEqualTo(expected);
        for (JsonNode file : list(result)) {
            assertThat(sha256(client.bytes(file.get("href").asText()).body()))
                    .isEqualTo(file.get("sha256").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void whoLeavesInTheMiddleHoldsNothing(String runtime) throws IOException {
        JsonNode result = client.run(
                new ShellTask(runtime).artifacts("/workspace/large").doing("head -c 60000000 /dev/urandom > large"));
        for (String path : List.of("/workspace/large", ".zip")) {
            try (RawHttp reader = new RawHttp()) {
                reader.send("GET " + artifacts(result) + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Client.token() + "\r\n\r\n");
                assertThat(reader.read(15)).isEqualTo("HTTP/1.1 200 OK");
                assertThat(handles()).isPositive();
            }
            await().until(() -> handles() == 0);
        }
    }

    private static long handles() throws IOException {
        Path root = Client.data().resolve("artifacts").toRealPath();
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(handle -> {
                        try {
                            return Files.readSymbolicLink(handle).startsWith(root);
                        } catch (IOException closedMeanwhile) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.INVALID_REQUEST;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.RawHttp;
import dev.fleetrunner.service.ServiceProfile;
import dev.fleetrunner.workspace.Lease;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads over REST: large ones pass where they may, and nowhere else. */
@QuarkusTest
@TestProfile(WorkspacesTest.Profile.class)
class WorkspacesTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MAX_UPLOAD = 220_000_000;
    private static final int BEYOND_THE_USUAL = 3_000_000;

    private final Client client = Client.known();

    @Inject
    WorkspaceStore store;

    /** A service without engines that takes uploads of a size that a test can send. */
    public static final class Profile extends ServiceProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("fleet.workspaces.max-upload-bytes", Integer.toString(MAX_UPLOAD));
            return settings;
        }
    }

    private static byte[] tar(String name, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(int size, int seed) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private HttpResponse<String> upload(BodyPublisher body, String type) {
        return client.post(WORKSPACES, body, "Content-Type", type);
    }

    private HttpResponse<String> upload(byte[] body) {
        return upload(BodyPublishers.ofByteArray(body), "application/x-tar");
    }

    private List<String> leftOnTheWay() {
        try (var files = Files.list(Client.data().resolve("workspaces"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".new"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesAnArchiveOnceAndKnowsItAgain() {
        byte[] tar = tar("hello", noise(1000, 1));

        HttpResponse<String> first = upload(tar);
        HttpResponse<String> second = upload(BodyPublishers.ofByteArray(tar), "text/plain");

        JsonNode created = Client.json(first);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(created.get("id").asText()).matches("ws-[0-9a-f]{32}");
        assertThat(created.get("files").asInt()).isEqualTo(1);
        assertThat(created.get("sizeBytes").asInt()).isEqualTo(1000);
        assertThat(created.get("created").asBoolean()).isTrue();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Client.json(second).get("id")).isEqualTo(created.get("id"));
        assertThat(Client.json(second).get("created").asBoolean()).isFalse();
        String location = first.headers().firstValue("Location").orElseThrow();
        assertThat(location).endsWith(WORKSPACES + "/" + created.get("id").asText());
        JsonNode found =
                Client.json(client.get(WORKSPACES + "/" + created.get("id").asText()));
        assertThat(found.get("sizeBytes").asInt()).isEqualTo(1000);
        assertThat(found.get("keptBytes").asInt()).isEqualTo(3072);
        assertThat(found.get("createdAt").asText()).isNotBlank();
        assertThat(Client.json(client.get(WORKSPACES)).get("workspaces")).contains(found);
    }

    @Test
    void takesWhatIsLargerThanOtherCallsTakeAnnouncedOrInChunks() {
        byte[] announced = tar("announced", noise(BEYOND_THE_USUAL, 2));
        byte[] chunked = tar("chunked", noise(BEYOND_THE_USUAL, 3));

        assertThat(upload(announced).statusCode()).isEqualTo(201);
        assertThat(upload(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunked)), "application/x-tar")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void otherCallsKeepTheirLimit() {
        for (String path : List.of("/api/v1/tasks", WORKSPACES + "/", WORKSPACES + "/x", "/api/v1/tasks/x/cancel")) {
            HttpResponse<String> response = client.post(path, BodyPublishers.ofByteArray(new byte[BEYOND_THE_USUAL]));
            problem(response, 413, INVALID_REQUEST);
        }
    }

    /** A tar of a file of so many pieces of noise, made while it is sent. */
    private static BodyPublisher large(int pieces) {
        byte[] piece = noise(1_000_000, 4);
        byte[] head = Arrays.copyOf(tar("large", new byte[0]), 512);
        Arrays.fill(head, 148, 156, (byte) ' ');
        TarUtils.formatLongOctalBytes((long) pieces * piece.length, head, 124, 12);
        TarUtils.formatCheckSumOctalBytes(TarUtils.computeCheckSum(head), head, 148, 8);
        return BodyPublishers.ofInputStream(() -> {
            List<InputStream> parts = new ArrayList<>();
            parts.add(new ByteArrayInputStream(head));
            for (int i = 0; i < pieces; i++) {
                parts.add(new ByteArrayInputStream(piece));
            }
            parts.add(new ByteArrayInputStream(new byte[(512 - pieces * piece.length % 512) % 512 + 1024]));
            return new SequenceInputStream(Collections.enumeration(parts));
        });
    }

    @Test
    void takesALargeUploadWithoutHoldingItInMemory() {
        List<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getName().contains("Old Gen") || pool.getName().contains("Tenured"))
                .toList();
        assertThat(old).isNotEmpty();
        long before = old.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
        old.forEach(MemoryPoolMXBean::resetPeakUsage);

        HttpResponse<String> response = upload(large(200), "application/octet-stream");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(Client.json(response).get("sizeBytes").asLong()).isEqualTo(200_000_000);
        long peak =
                old.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        assertThat(peak - before).isLessThan(100_000_000);
        String address = WORKSPACES + "/" + Client.json(response).get("id").asText();
        assertThat(client.call("DELETE", address).statusCode()).isEqualTo(204);
        problem(client.get(address), 404, NOT_FOUND);
    }

    @Test
    void refusesMoreThanTheLimitAnnouncedOrInChunks() {
        try (RawHttp raw = new RawHttp()) {
            String answer =
                    raw.send(head("Content-Length: " + (MAX_UPLOAD + 1))).untilClosed();
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "" + MAX_UPLOAD);
        }
        JsonNode problem = problem(upload(large(221), "application/x-tar"), 413, INVALID_REQUEST);
        assertThat(problem.get("detail").asText()).contains("more than " + MAX_UPLOAD + " bytes");
        Awaitility.await().atMost(SOON).until(() -> leftOnTheWay().isEmpty());
    }

    private static String head(String line) {
        return "POST " + WORKSPACES + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Client.token() + "\r\n"
                + line + "\r\n\r\n";
    }

    @Test
    void aClientThatGoesAwayLeavesNothing() {
        try (RawHttp raw = new RawHttp()) {
            raw.send(head("Content-Length: 100000") + "x".repeat(50_000));
            Awaitility.await().atMost(SOON).until(() -> !leftOnTheWay().isEmpty());
        }
        Awaitility.await().atMost(SOON).until(() -> leftOnTheWay().isEmpty());
        assertThat(client.get("/api/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsAClientThatAsksToGoOn() {
        byte[] tar = tar("asked", new byte[10]);
        try (RawHttp raw = new RawHttp()) {
            raw.send(head("Expect: 100-continue\r\nConnection: close\r\nContent-Length: " + tar.length));
            assertThat(raw.read(25)).startsWith("HTTP/1.1 100 Continue");
            assertThat(raw.send(new String(tar, StandardCharsets.ISO_8859_1)).untilClosed())
                    .contains("HTTP/1.1 201 ");
        }
    }

    @Test
    void namesTheEntryAndTheRemedyOfABadArchive() {
        JsonNode problem = problem(upload(tar("../evil", new byte[1])), 400, INVALID_REQUEST);

        assertThat(problem.get("detail").asText())
                .isEqualTo("the entry ../evil has .. in its name; pack from the top of the tree");
    }

    @Test
    void refusesAnEmptyUploadAndWhatIsNoArchive() {
        problem(client.post(WORKSPACES, BodyPublishers.noBody()), 400, INVALID_REQUEST);
        problem(client.post(WORKSPACES, "{}"), 400, INVALID_REQUEST);
        problem(upload(tar("/abs", new byte[BEYOND_THE_USUAL])), 400, INVALID_REQUEST);
    }

    @Test
    void doesNotReadWhatAStrangerUploads() {
        try (RawHttp raw = new RawHttp()) {
            String answer = raw.send(
                            "POST " + WORKSPACES + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n")
                    .untilClosed();
            assertThat(answer).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void keepsWhatATaskUses() {
        String id = Client.json(upload(tar("used", noise(10, 5)))).get("id").asText();
        Lease lease = store.use(id).await().atMost(SOON);

        problem(client.call("DELETE", WORKSPACES + "/" + id), 409, INVALID_REQUEST);
        lease.close();

        assertThat(client.call("DELETE", WORKSPACES + "/" + id).statusCode()).isEqualTo(204);
        problem(client.call("DELETE", WORKSPACES + "/" + id), 404, NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "ws-00000000000000000000000000000000", "..%2f..%2fadmin-token", "a%00b", "%0d%0aX: 1"})
    void knowsNoSuchWorkspace(String id) {
        problem(client.get(WORKSPACES + "/" + id.replace(" ", "%20")), 404, NOT_FOUND);
        problem(client.call("DELETE", WORKSPACES + "/" + id.replace(" ", "%20")), 404, NOT_FOUND);
    }
}

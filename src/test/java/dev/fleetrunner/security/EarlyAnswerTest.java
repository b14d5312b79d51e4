package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.RawHttp;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is refused before the body is read gets the whole answer, however much is to be sent, and then the end. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@Timeout(60)
class EarlyAnswerTest {
    private static final int LARGE = 5_000_000;
    /** As much as a call may have, and more than sockets hold by themselves. */
    private static final int ALLOWED = 2_000_000;

    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1\\.1 (\\d+).*content-length: (\\d+).*?\r\n\r\n(.*)", Pattern.DOTALL);

    private static String chunked(int bytes) {
        return "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes)
                + "\r\n0\r\n\r\n";
    }

    private static String measured(int bytes) {
        return "Content-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
    }

    private static JsonNode problem(String request, int status) {
        try (var connection = new RawHttp()) {
            String answer = connection.send(request).untilClosed();
            Matcher parts = ANSWER.matcher(answer);
            assertThat(parts.matches()).as(answer).isTrue();
            assertThat(parts.group(1)).isEqualTo(Integer.toString(status));
            assertThat(parts.group(3)).hasSize(Integer.parseInt(parts.group(2)));
            return Client.json(parts.group(3));
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/tasks", "/api/v1/workspaces", "/sign-in", "/nowhere"})
    void whoMeansAnotherHost(String path) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: evil.example\r\n";

        assertThat(problem(head + chunked(LARGE), 421).get("status").asInt()).isEqualTo(421);
        assertThat(problem(head + measured(LARGE), 421).get("status").asInt()).isEqualTo(421);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/tasks", "/api/v1/workspaces", "/nowhere"})
    void whoHasNoToken(String path) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";

        assertThat(problem(head + chunked(ALLOWED), 401).get("code").asText()).isEqualTo("UNAUTHORIZED");
        assertThat(problem(head + measured(ALLOWED), 401).get("code").asText()).isEqualTo("UNAUTHORIZED");
    }

    /** There a connection has many requests, and an answer ends but its own. */
    @Test
    void overHttp2TheConnectionStays() throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        String service = Client.address().toString().replaceAll("/$", "");
        http.send(HttpRequest.newBuilder(URI.create(service + "/q/health/live")).build(), BodyHandlers.discarding());

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> refused = http.send(
                    HttpRequest.newBuilder(URI.create(service + "/api/v1/tasks"))
                            .POST(BodyPublishers.ofByteArray(new byte[ALLOWED]))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(Client.json(refused).get("code").asText()).isEqualTo("UNAUTHORIZED");
        }
    }
}

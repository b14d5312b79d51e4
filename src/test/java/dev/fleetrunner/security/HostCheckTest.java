package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for names that lead to our address and are not ours. */
@QuarkusTest
@TestProfile(BehindProxy.class)
class HostCheckTest {
    private static String ask(String path, String... headers) {
        try (var connection = new RawHttp()) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nAuthorization: Bearer "
                            + Client.token() + "\r\nConnection: close\r\n\r\n")
                    .untilClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/assets/console.css",
                "/q/health/live",
                "/q/metrics",
                "/q/swagger-ui/",
                "/api/v1/tasks",
                "/api/v1/tasks/none/events",
                "/nowhere"
            })
    void isAskedOnEveryRoute(String path) {
        String refused = ask(path, "Host: evil.example", "Accept: text/event-stream");

        assertThat(refused).startsWith("HTTP/1.1 421 Misdirected Request");
        assertThat(refused).contains("application/problem+json", "fleet.http.hosts", "INVALID_REQUEST");
        assertThat(refused).doesNotContain("evil.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:9", "[::1]", "fleet.example", "FLEET.example:443"})
    void letsItsOwnNamesThrough(String host) {
        assertThat(ask("/api/v1/whoami", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    /** What the trusted proxy says is held to the same names. */
    @Test
    void looksAtTheForwardedHostToo() {
        assertThat(ask("/api/v1/whoami", "Host: fleet.example", "X-Forwarded-Host: evil.example"))
                .startsWith("HTTP/1.1 421");
        assertThat(ask("/api/v1/whoami", "Host: localhost", "X-Forwarded-Host: fleet.example"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aSessionOverHttpsIsForHttpsAlone() {
        try (var connection = new RawHttp()) {
            String body = "token=" + Client.token();
            String answer = connection
                    .send("POST /sign-in HTTP/1.1\r\nHost: fleet.example\r\nX-Forwarded-Proto: https\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .untilClosed();

            assertThat(answer).startsWith("HTTP/1.1 303");
            assertThat(answer).containsPattern("(?i)set-cookie: fleet-session=[^\r]*;\\s*Secure");
        }
    }
}

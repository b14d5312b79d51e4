package dev.fleetrunner.escape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import dev.fleetrunner.service.RawHttp;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time hold up nobody else, and cost next to nothing. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(300)
class SlowClientsOnEngineTest {
    private static final String LONG_LOG = "{\"cmd\": [\"/bin/sh\", \"-c\", \"yes 0123456789 | head -c 60000000\"]}";
    private static final int CLIENTS = 100;
    private static final long MODEST = 200_000_000;

    private final Client client = Client.known();

    @AfterEach
    void isHealthy() {
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(client.run("{\"cmd\": [\"true\"]}").get("status").asText()).isEqualTo("passed");
    }

    private static List<RawHttp> connect(Function<RawHttp, RawHttp> beginning) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(number -> beginning.apply(new RawHttp()))
                .toList();
    }

    @Test
    void headsThatTrickleIn() {
        List<RawHttp> slow = connect(http -> http.send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nX-Part: "));
        isHealthy();
        slow.forEach(http -> http.send("end\r\nConnection: close\r\n\r\n"));
        slow.forEach(http -> assertThat(http.untilClosed()).startsWith("HTTP/1.1 200 "));
        slow.forEach(RawHttp::close);
    }

    @Test
    void bodiesThatTrickleIn() {
        String spec = "{\"cmd\": [\"true\"]}";
        List<RawHttp> slow = connect(http -> http.send("POST /api/v1/policy/check HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + Client.token() + "\r\nContent-Type: application/json\r\nContent-Length: "
                + spec.length() + "\r\nConnection: close\r\n\r\n" + spec.substring(0, 5)));
        isHealthy();
        slow.forEach(http -> http.send(spec.substring(5)));
        slow.forEach(http -> assertThat(http.untilClosed()).startsWith("HTTP/1.1 200 "));
        slow.forEach(RawHttp::close);
    }

    @Test
    void readersThatDoNotRead() {
        JsonNode result = client.run(LONG_LOG);
        String path = "/api/v1/tasks/" + result.get("id").asText() + "/logs";
        long before = memory();

        List<RawHttp> slow =
                connect(http -> http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n"
                        + "Authorization: Bearer " + Client.token() + "\r\n\r\n"));
        slow.forEach(http -> assertThat(http.read(1000)).startsWith("HTTP/1.1 200 "));
        isHealthy();
        assertThat(client.bytes(path, "Accept", "text/plain").body()).hasSizeGreaterThanOrEqualTo(60_000_000);
        assertThat(memory() - before)
                .as("bytes that " + CLIENTS + " readers hold")
                .isLessThan(MODEST);
        slow.forEach(RawHttp::close);
    }

    private static long memory() {
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        return jvm.totalMemory() - jvm.freeMemory() + PlatformDependent.usedDirectMemory();
    }
}

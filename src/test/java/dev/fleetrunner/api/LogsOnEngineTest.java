package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.logs.LogReaders;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import dev.fleetrunner.service.RawHttp;
import dev.fleetrunner.service.ServerEvents.Event;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs over HTTP, of real containers: as they were written, as records, live. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(120)
class LogsOnEngineTest {
    private static final String WHOLE = "\"eol\":true";
    private static final String TASKS = "/api/v1/tasks/";
    private static final String TEN_LINES = "for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i; done; printf 'no newline'";

    @Inject
    LogStore logs;

    private final Client client = Client.known();

    private static String shell(String script) {
        return "{\"cmd\":[\"/bin/sh\",\"-c\",\"" + script.replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"],\"timeouts\":{\"overallSec\":60,\"graceSec\":0}}";
    }

    private String logsOf(String script) {
        return TASKS + client.run(shell(script)).get("id").asText() + "/logs";
    }

    private List<JsonNode> records(String path) {
        HttpResponse<String> answer = client.get(path, "Accept", "application/x-ndjson");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().map(Client::json).toList();
    }

    private static List<Integer> numbers(List<JsonNode> records) {
        return records.stream().map(line -> line.get("seq").asInt()).toList();
    }

    @Test
    void givesTheBytesAsTheyWereWritten() {
        String logs = logsOf("printf 'a\\r\\0\\377'; printf 'err\\n' >&2");
        assertThat(client.bytes(logs + "?stream=stdout").body()).containsExactly('a', '\r', 0, 0xff);
        assertThat(client.bytes(logs + "?stream=stderr").body()).isEqualTo("err\n".getBytes(StandardCharsets.US_ASCII));
        HttpResponse<byte[]> both = client.bytes(logs);
        assertThat(both.body()).hasSize(8);
        assertThat(both.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(both.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, line, bytes 0-3/81",
        "bytes=71-, no newline, bytes 71-80/81",
        "bytes=-7, newline, bytes 74-80/81"
    })
    void givesRanges(String range, String text, String contentRange) {
        String logs = logsOf(TEN_LINES);
        HttpResponse<String> part = client.get(logs, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(text);
        assertThat(part.headers().firstValue("Content-Range")).hasValue(contentRange);

        HttpResponse<String> none = client.get(logs, "Range", "bytes=81-");
        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(none.headers().firstValue("Content-Range")).hasValue("bytes */81");
    }

    @Test
    void givesRecordsAndPartsOfThem() {
        String logs = logsOf(TEN_LINES);
        List<JsonNode> all = records(logs);
        assertThat(numbers(all)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(all.get(0).get("text").asText()).isEqualTo("line 1");
        assertThat(all.get(0).get("stream").asText()).isEqualTo("stdout");
        assertThat(all.get(10).get("eol").asBoolean()).isFalse();

        assertThat(numbers(records(logs + "?from=9"))).containsExactly(9, 10, 11);
        assertThat(numbers(records(logs + "?limit=2"))).containsExactly(1, 2);
        assertThat(numbers(records(logs + "?limit=0"))).isEmpty();
        assertThat(numbers(records(logs + "?from=4&limit=3"))).containsExactly(4, 5, 6);
        assertThat(numbers(records(logs + "?tail=2"))).containsExactly(10, 11);
        assertThat(numbers(records(logs + "?tail=999999999999"))).hasSize(11);
        assertThat(numbers(records(logs + "?grep=line%201"))).containsExactly(1, 10);
        assertThat(numbers(records(logs + "?grep=line%20&tail=1"))).containsExactly(10);
        assertThat(numbers(records(logs + "?stream=stderr"))).isEmpty();
        assertThat(client.get(logs + "?from=10").body()).isEqualTo("line 10\nno newline");
        assertThat(client.get(logs + "?tail=1&grep=line%20").body()).isEqualTo("line 10\n");
    }

    @Test
    void resumesServerSentEvents() {
        String logs = logsOf(TEN_LINES);
        try (var events = client.events(logs)) {
            List<Event> all = events.rest();
            assertThat(all).hasSize(12);
            assertThat(all.get(0).id()).isEqualTo("1");
            assertThat(Client.json(all.get(0).data()).get("text").asText()).isEqualTo("line 1");
            assertThat(all.get(11).name()).isEqualTo("end");
        }
        try (var events = client.events(logs + "?from=2", "Last-Event-ID", "9")) {
            assertThat(events.rest()).extracting(Event::id).containsExactly("10", "11", null);
        }
        try (var events = client.events(logs, "Last-Event-ID", "11")) {
            assertThat(events.rest()).extracting(Event::name).containsExactly("end");
        }
    }

    @Test
    void followsWhatIsBeingWritten() {
        String id = client.submit(shell("echo first; sleep 2; echo second"));
        try (var events = client.events(TASKS + id + "/logs")) {
            assertThat(events.next().data()).contains("first");
            assertThat(Client.json(client.get(TASKS + id)).get("status").asText())
                    .isEqualTo("running");
            assertThat(events.rest()).extracting(Event::id).containsExactly("2", null);
        }
        assertThat(client.get(TASKS + id + "/logs?follow=true").body()).isEqualTo("first\nsecond\n");
    }

    @Test
    void followsInTheOtherFormatsToo() {
        String first = client.submit(shell("echo first; sleep 1; echo second"));
        assertThat(client.get(TASKS + first + "/logs?follow=true").body()).isEqualTo("first\nsecond\n");
        String second = client.submit(shell("echo first; sleep 1; echo second"));
        assertThat(numbers(records(TASKS + second + "/logs?follow=true"))).containsExactly(1, 2);
    }

    @Test
    void keepsASilentStreamAlive() {
        String id = client.submit(shell("echo first; exec sleep 50"));
        try (var events = client.events(TASKS + id + "/logs")) {
            assertThat(events.next().data()).contains("first");
            assertThat(events.next().comment()).isTrue();
        }
        client.post(TASKS + id + "/cancel", "");
        assertThat(client.get(TASKS + id + "/result?wait=60").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"text/event-stream, ''", "application/x-ndjson, ?follow=true", "text/plain, ?follow=true"})
    void freesTheFollowerOfAClientThatIsGone(String type, String query) {
        String id = client.submit(shell("echo first; exec sleep 50"));
        try (RawHttp gone = new RawHttp()) {
            gone.send("GET " + TASKS + id + "/logs" + query + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + type
                    + "\r\nAuthorization: Bearer " + Client.token() + "\r\n\r\n");
            await().atMost(Duration.ofSeconds(20)).until(() -> LogReaders.waiting(logs, id) == 1);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> LogReaders.waiting(logs, id) == 0);
        client.post(TASKS + id + "/cancel", "");
        assertThat(client.get(TASKS + id + "/result?wait=60").statusCode()).isEqualTo(200);
    }

    @Test
    void letsASlowReaderHurtNobody() {
        int lines = 200_000;
        String id = client.submit(shell("seq -w " + lines + " | sed 's/$/ 0123456789012345678901234567890123456789/'"));
        String logs = TASKS + id + "/logs";
        try (RawHttp slow = new RawHttp()) {
            slow.send(
                    "GET " + logs + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + Client.token() + "\r\n\r\n");
            assertThat(slow.read(15)).isEqualTo("HTTP/1.1 200 OK");

            assertThat(client.get(TASKS + id + "/result?wait=60").statusCode()).isEqualTo(200);
            try (var fast = client.events(logs)) {
                // A line that came in two parts, with a pause between them, is two records.
                assertThat(fast.rest().stream()
                                .filter(event -> String.valueOf(event.data()).contains(WHOLE)))
                        .hasSize(lines);
            }
            assertThat(client.get("/api/v1/health").statusCode()).isEqualTo(200);

            String rest = slow.untilClosed();
            assertThat(rest).contains("event:end");
            assertThat(rest.lines().filter(line -> line.contains(WHOLE))).hasSize(lines);
        }
    }
}

package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.INVALID_REQUEST;
import static dev.fleetrunner.contract.CauseCode.INVALID_SPEC;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.RawHttp;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a short refusal, and the service goes on. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class HostileInputTest {
    private static final String TASKS = "/api/v1/tasks";
    private static final int TOO_LARGE = 3_000_000;
    private static final int BEYOND_ALL_BUFFERS = 40_000_000;

    private final Client client = Client.known();

    @AfterEach
    void isHealthy() {
        assertThat(client.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(client.get("/api/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"cmd\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        problem(client.post(TASKS, deep), 400, INVALID_SPEC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"cmd\":[\"a",
                "[]",
                "null",
                "\"cmd\"",
                "{\"cmd\":[\"true\"]}{",
                "{\"cmd\":[\"a\\u0000b\"]}"
            })
    void refusesWhatIsNoSpec(String body) {
        problem(client.post(TASKS, body), 400, INVALID_SPEC);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] body = {'{', '"', 'c', 'm', 'd', '"', ':', '[', '"', (byte) 0xff, (byte) 0xfe, '"', ']', '}'};
        problem(client.post(TASKS, BodyPublishers.ofByteArray(body)), 400, INVALID_SPEC);
    }

    @Test
    void refusesALargeDocument() {
        problem(client.post(TASKS, "{\"cmd\":[\"" + "a".repeat(1_500_000) + "\"]}"), 400, INVALID_SPEC);
    }

    @Test
    void refusesALargeBodyByItsLength() {
        problem(client.post(TASKS, BodyPublishers.ofByteArray(new byte[TOO_LARGE])), 413, INVALID_REQUEST);
    }

    /** As many clients do it: a connection closed too early would be reset under them, and the answer be lost. */
    @Test
    void answersAClientThatReadsOnlyAfterItHasSentAll() {
        String head = "POST " + TASKS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Client.token()
                + "\r\nContent-Type: application/json\r\n";
        try (RawHttp announced = new RawHttp();
                RawHttp chunked = new RawHttp()) {
            announced.send(
                    head + "Content-Length: " + BEYOND_ALL_BUFFERS + "\r\n\r\n" + "x".repeat(BEYOND_ALL_BUFFERS));
            assertThat(announced.untilClosed()).startsWith("HTTP/1.1 413 ").contains("larger than");

            chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(BEYOND_ALL_BUFFERS) + "\r\n"
                    + "x".repeat(BEYOND_ALL_BUFFERS) + "\r\n0\r\n\r\n");
            assertThat(chunked.untilClosed()).startsWith("HTTP/1.1 413 ").contains("larger than");
        }
    }

    @Test
    void refusesALargeBodyThatComesInChunks() {
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TOO_LARGE]));
        problem(client.post(TASKS, chunked), 413, INVALID_REQUEST);
    }

    @Test
    void refusesNoBody() {
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0]));
        problem(client.post(TASKS, chunked), 400, INVALID_REQUEST);
        problem(client.post(TASKS, ""), 400, INVALID_REQUEST);
        problem(client.post(TASKS, BodyPublishers.noBody()), 400, INVALID_REQUEST);
    }

    @Test
    void takesASpecThatComesInChunks() {
        byte[] spec = "{\"cmd\":[\"true\"]}".getBytes(StandardCharsets.UTF_8);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spec));
        assertThat(client.post(TASKS, chunked).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "nonsense", ";;;"})
    void refusesOtherTypes(String type) {
        problem(client.post(TASKS, "{\"cmd\":[\"true\"]}", "Content-Type", type), 415, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "nonsense", ";;;"})
    void refusesToAnswerInOtherTypes(String type) {
        problem(client.get(TASKS, "Accept", type), 406, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "FOO"})
    void refusesOtherMethods(String method) {
        problem(client.call(method, TASKS), 405, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "..%2f..%2fq%2fmetrics",
                "%2e%2e%2f%2e%2e",
                "a%00b",
                "%ff%fe",
                "%0d%0aX-Evil:%201",
                "a;b=c",
                "%27%20OR%201=1--",
                "*"
            })
    void knowsNoSuchTask(String id) {
        for (String view : new String[] {"", "/spec", "/result", "/logs", "/events", "/nonsense"}) {
            problem(client.get(TASKS + "/" + id + view), 404, NOT_FOUND);
        }
        for (String type : new String[] {"text/event-stream", "application/x-ndjson", "text/plain"}) {
            HttpResponse<String> logs = client.get(TASKS + "/" + id + "/logs", "Accept", type);
            problem(logs, 404, NOT_FOUND);
            assertThat(logs.headers().firstValue("X-Evil")).isEmpty();
        }
        problem(client.post(TASKS + "/" + id + "/cancel", ""), 404, NOT_FOUND);
        problem(client.post(TASKS + "/" + id + "/rerun", ""), 404, NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=1001",
                "limit=abc",
                "limit=99999999999999999999",
                "limit=1.5",
                "cursor=none",
                "cursor=%00",
                "cursor=..%2f",
                "status=done",
                "status=passed,none",
                "label=team",
                "label==x",
                "label=team=a&label=team=b",
                "from=yesterday",
                "to=2026-01-31",
                "from=2026-13-01T00:00:00Z",
                "to=%00"
            })
    void refusesFiltersThatAreNone(String filter) {
        problem(client.get(TASKS + "?" + filter), 400, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=%2B999999999-12-31T23:59:59Z",
                "to=-999999999-01-01T00:00:00Z",
                "id=%25",
                "case_id=*",
                "case_id=%00*",
                "label=%00=%ff",
                "owner=%27%3B--"
            })
    void findsNothingForFiltersThatFitNothing(String filter) {
        HttpResponse<String> page = client.get(TASKS + "?status=running&" + filter);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Client.json(page).get("tasks")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "301", "abc", "99999999999999999999", "1e3"})
    void refusesToWait(String seconds) {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        problem(client.get(TASKS + "/" + id + "/result?wait=" + seconds), 400, INVALID_REQUEST);
        problem(client.post(TASKS + "?wait=" + seconds, "{\"cmd\":[\"true\"]}"), 400, INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "from=0",
        "from=-1",
        "from=x",
        "limit=-1",
        "limit=99999999999999999999",
        "tail=-1",
        "tail=x",
        "tail=100001&stream=stdout",
        "stream=both"
    })
    void refusesPartsOfLogsThatAreNone(String part) {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        for (String type : new String[] {"text/event-stream", "application/x-ndjson", "text/plain"}) {
            problem(client.get(TASKS + "/" + id + "/logs?" + part, "Accept", type), 400, INVALID_REQUEST);
        }
    }

    @Test
    void refusesToFollowPerhaps() {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        problem(client.get(TASKS + "/" + id + "/logs?follow=maybe"), 400, INVALID_REQUEST);
    }

    @Test
    void refusesALongPattern() {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        problem(client.get(TASKS + "/" + id + "/logs?grep=" + "a".repeat(1001)), 400, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "99999999999999999999", "1,2"})
    void refusesToResumeBehindWhatIsNoNumber(String eventId) {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        String[] headers = {"Accept", "text/event-stream", "Last-Event-ID", eventId};
        problem(client.get(TASKS + "/" + id + "/logs", headers), 400, INVALID_REQUEST);
        problem(client.get(TASKS + "/" + id + "/events", headers), 400, INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-", "bytes=-5", "bytes=0-0"})
    void hasNoRangeOfAnEmptyLog(String range) {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        HttpResponse<String> response = client.get(TASKS + "/" + id + "/logs", "Range", range);
        problem(response, 416, INVALID_REQUEST);
        assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "bytes=a-b", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=99999999999999999999-"})
    void passesOverRangesThatItNeedNotKeepTo(String range) {
        String id = client.run("{\"cmd\":[\"true\"]}").get("id").asText();
        assertThat(client.get(TASKS + "/" + id + "/logs", "Range", range).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesIdempotencyKeysThatAreNone() {
        for (String key : new String[] {"k".repeat(256), "tab\tinside"}) {
            problem(client.post(TASKS, "{\"cmd\":[\"true\"]}", "Idempotency-Key", key), 400, INVALID_REQUEST);
        }
        assertThat(client.post(TASKS, "{\"cmd\":[\"true\"]}", "Idempotency-Key", "k".repeat(255))
                        .statusCode())
                .isEqualTo(202);
    }

    /** Made by the server before any of our code is asked, so there is but a status. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/tasks/%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/tasks?status=% HTTP/1.1\r\nHost: localhost\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n",
                "nonsense\r\n",
                "POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n",
                "POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n",
                "POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: a\u0001\u0000b\r\nContent-Length: 0\r\n",
                "GET /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nRange: \u0000\r\n"
            })
    void refusesWhatIsNoHttp(String head) {
        try (RawHttp raw = new RawHttp()) {
            String answer = raw.send(head + "Authorization: Bearer " + Client.token() + "\r\nConnection: close\r\n\r\n")
                    .untilClosed();
            assertThat(answer).matches("(?s)HTTP/1\\.[01] 400 .*").hasSizeLessThan(500);
        }
    }

    @Test
    void refusesARequestWithoutHost() {
        try (RawHttp raw = new RawHttp()) {
            String answer = raw.send("GET /api/v1/tasks HTTP/1.1\r\nConnection: close\r\n\r\n")
                    .untilClosed();
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "INVALID_REQUEST");
        }
    }

    @Test
    void refusesLongAddressesAndHeaders() {
        assertThat(client.get(TASKS + "/" + "a".repeat(10_000)).statusCode()).isEqualTo(414);
        assertThat(client.get(TASKS, "X-Long", "a".repeat(30_000)).statusCode()).isEqualTo(431);
    }

    @Test
    void takesNoHeaderOutOfAFoldedOne() {
        try (RawHttp raw = new RawHttp()) {
            String answer = raw.send(
                            "POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Client.token()
                                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nIdempotency-Key: a\r\n X-Evil: 1\r\n"
                                    + "Content-Length: 16\r\n\r\n{\"cmd\":[\"true\"]}")
                    .untilClosed();
            assertThat(Arrays.stream(answer.split("\r\n"))).noneMatch(line -> line.startsWith("X-Evil"));
        }
    }
}

package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.ended;
import static dev.fleetrunner.console.Admin.page;
import static dev.fleetrunner.console.Admin.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.fleetrunner.console.log.LogLine;
import dev.fleetrunner.console.log.LogView;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.logs.LogWriter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tasks end with ENGINE_UNAVAILABLE here; their logs are written by the test. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class PagesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;";

    @Inject
    LogStore logs;

    @Test
    void theListHasTheTaskWithItsStatusAndCause() {
        String id = ended("{\"cmd\": [\"true\"], \"context\": {\"case_id\": \"case-<b>7\"}}");
        page("/tasks?status=error")
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Cache-Control", "no-store")
                .body(containsString("href=\"/tasks/" + id + "\""))
                .body(containsString("ENGINE_UNAVAILABLE"))
                .body(containsString("case-&lt;b&gt;7"));
        page("/").statusCode(200).body(containsString("No container engine was found."));
        page("/tasks?status=passed").statusCode(200).body(not(containsString(id)));
    }

    @Test
    void thePagesOfTheListFollowOneAnother() {
        String oldest = ended("{\"cmd\": [\"true\"]}");
        for (int i = 0; i < 50; i++) {
            ended("{\"cmd\": [\"true\"]}");
        }
        String first =
                page("/tasks").body(not(containsString(oldest))).extract().asString();
        Matcher older = Pattern.compile("id=\"older\" href=\"([^\"]+)\"").matcher(first);
        assertThat(older.find()).isTrue();

        page(older.group(1).replace("&amp;", "&"))
                .statusCode(200)
                .body(containsString(oldest))
                .body(containsString("id=\"newest\""));
    }

    @Test
    void whatIsNotThereIsSaidInAPage() {
        page("/tasks/01NOSUCHTASK")
                .statusCode(404)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("Not found"));
        page("/tasks/" + "%3Cscript%3E").statusCode(404).body(not(containsString("<script>")));
        page("/tasks?status=odd").statusCode(400);
        page("/tasks?cursor=odd").statusCode(400);
    }

    @Test
    void theTaskTellsItsCauseFirstAndEscapesWhatTheCallerWrote() {
        String id = ended("{\"cmd\": [\"echo\", \"" + SCRIPT + "\"], \"labels\": {\"team\": \"" + SCRIPT + "\"}}");

        String html = page("/tasks/" + id)
                .statusCode(200)
                .body(not(containsString(SCRIPT)))
                .body(containsString("echo &#39;" + ESCAPED + "&#39;"))
                .body(containsString("The task wrote nothing."))
                .extract()
                .asString();

        assertThat(html.indexOf("no container engine was found")).isPositive().isLessThan(html.indexOf("id=\"log\""));
    }

    @Test
    void theLogIsShownWithItsStreamsAndStylesAndWithoutTricks() {
        String id = ended("{\"cmd\": [\"true\"]}");
        log(
                id,
                out("\u001b[31mred\u001b[0m " + SCRIPT + "\n"),
                err("\u001b[2Jdanger\n"),
                out("\u00ff\n".getBytes(StandardCharsets.ISO_8859_1)));

        page("/tasks/" + id)
                .body(not(containsString(SCRIPT)))
                .body(containsString("<span class=\"red\">red</span><span class=\"\"> " + ESCAPED + "</span>"))
                .body(containsString("class=\"line stderr\""))
                .body(containsString(
                        "<span class=\"stream\">err</span><span class=\"text\"><span class=\"\">danger</span>"))
                .body(containsString("\ufffd"))
                .body(not(containsString("\u001b")));
    }

    @Test
    void onlyTheEndOfALongLogIsShownAndLongLinesAreCut() {
        String id = ended("{\"cmd\": [\"true\"]}");
        String lines = "line\n".repeat(LogView.LINES + 7);
        log(id, out(lines + "x".repeat(LogLine.MAX_CHARACTERS + 5) + "\n"));

        page("/tasks/" + id)
                .body(containsString("Lines 9 to 508 of 508."))
                .body(containsString("id=\"L9\""))
                .body(not(containsString("id=\"L8\"")))
                .body(containsString("5 more characters"));
    }

    @Test
    void theLiveLogGoesOnBehindTheLastLineAndEnds() {
        String id = ended("{\"cmd\": [\"true\"]}");
        log(id, out("first\nsecond\n\u001b[1mthird\n"));

        live(id).body(allOf(containsString("first"), containsString("id:3"), containsString("event:end")));
        signedIn()
                .header("Last-Event-ID", "2")
                .get("/tasks/" + id + "/log?after=0")
                .then()
                .body(not(containsString("second")))
                .body(containsString("{\"style\":\"bold\",\"text\":\"third\"}"));
    }

    @Test
    void theLiveLogOfATaskThatNeverHadOneEndsToo() {
        String id = ended("{\"cmd\": [\"true\"]}");
        logs.delete(id).await().atMost(SOON);

        live(id).body(containsString("event:end"));
    }

    @Test
    void cancellingAsksOnceMoreAndIsHarmlessWhenTheTaskIsOver() {
        String id = ended("{\"cmd\": [\"true\"]}");

        page("/tasks/" + id + "/cancel").statusCode(200).body(containsString("It is over already"));
        signedIn()
                .redirects()
                .follow(false)
                .post("/tasks/" + id + "/cancel")
                .then()
                .statusCode(303)
                .header("Location", "/tasks/" + id);
        signedIn().post("/tasks/nope/cancel").then().statusCode(404).contentType("text/html");
    }

    @Test
    void theApiStillSpeaksProblemDocuments() {
        signedIn().get("/api/v1/tasks/nope").then().statusCode(404).contentType("application/problem+json");
    }

    private static ValidatableResponse live(String id) {
        return signedIn().get("/tasks/" + id + "/log").then().statusCode(200);
    }

    private void log(String id, LogChunk... chunks) {
        LogWriter writer = TestLog.writer(logs, id);
        writer.append(Multi.createFrom().items(chunks)).await().atMost(SOON);
        writer.seal().await().atMost(SOON);
    }

    private static LogChunk out(String text) {
        return out(text.getBytes(StandardCharsets.UTF_8));
    }

    private static LogChunk out(byte[] bytes) {
        return new LogChunk(LogStream.STDOUT, bytes, Instant.now());
    }

    private static LogChunk err(String text) {
        return new LogChunk(LogStream.STDERR, text.getBytes(StandardCharsets.UTF_8), Instant.now());
    }
}

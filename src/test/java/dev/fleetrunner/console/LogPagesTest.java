package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.NOTHING;
import static dev.fleetrunner.console.Admin.ended;
import static dev.fleetrunner.console.Admin.signedIn;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.fleetrunner.console.log.LogView;
import dev.fleetrunner.logs.LogStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of a task's page without a browser: its parts, what is found in it, and what the page's script asks for. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class LogPagesTest {

    @Inject
    LogStore logs;

    @Test
    void aWindowHasTheLinesThatWereAskedFor() {
        String id = numbered(1000);

        json(id, "/lines?from=400&limit=3")
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("total", equalTo(1000))
                .body("sealed", equalTo(true))
                .body("lines.seq", contains(400, 401, 402))
                .body("lines[0].runs[0].text", equalTo("line 400"))
                .body("lines[0].mark", equalTo("out"));
        json(id, "/lines").body("lines", hasSize(LogView.LINES)).body("lines[0].seq", equalTo(1));
        json(id, "/lines?from=1001").body("lines", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lines?from=0",
                "/lines?from=x",
                "/lines?limit=501",
                "/find",
                "/find?text=",
                "/find?text=a&beside=-1"
            })
    void aQuestionThatIsNoneIsRefused(String path) {
        json(numbered(1), path).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aQuestionAboutNoTaskIsRefused() {
        json("nope", "/lines").statusCode(404);
        json("nope", "/find?text=x").statusCode(404);
        json("nope", "/first-error").statusCode(404);
    }

    @Test
    void aTextIsFoundInEitherCaseAndThroughColours() {
        String id = ended(NOTHING);
        TestLog.of(logs, id)
                .out("one\n\u001b[1mNee\u001b[0mdle\n")
                .err("x\nneedle\n")
                .seal();

        json(id, "/find?text=needle")
                .body("line", equalTo(2))
                .body("number", equalTo(1))
                .body("count", equalTo(2))
                .body("around", equalTo(false));
        json(id, "/find?text=needle&beside=4").body("line", equalTo(2)).body("around", equalTo(true));
        json(id, "/find?text=NEEDLE&beside=4&back=true").body("line", equalTo(2));
        json(id, "/find?text=31m").body("line", equalTo(0)).body("count", equalTo(0));
    }

    @Test
    void theFirstErrorIsTheFirstLineThatTellsOfOne() {
        String id = ended(NOTHING);
        TestLog.of(logs, id)
                .err("warming up\n")
                .out("0 errors\nValueError: no\nerror\n")
                .seal();
        json(id, "/first-error").body("line", equalTo(3)).body("words", equalTo(true));
        lead(id, "/first-error").header("Location", endsWith("/tasks/" + id + "?line=3#L3"));
    }

    @Test
    void withoutSuchWordsTheFirstErrorIsTheFirstLineOnStandardError() {
        String id = ended(NOTHING);
        TestLog.of(logs, id).out("fine\n").err("hm\n").seal();
        json(id, "/first-error").body("line", equalTo(2)).body("words", equalTo(false));

        String calm = numbered(3);
        json(calm, "/first-error").body("line", equalTo(0));
        lead(calm, "/first-error").statusCode(404).body(containsString("No error in this log"));
    }

    @Test
    void withoutAScriptLinksLeadThroughTheWholeLog() {
        String id = numbered(2000);

        page(id, "")
                .body(containsString("Lines 1501 to 2000 of 2000."))
                .body(containsString("href=\"/tasks/" + id + "?from=1#log\""))
                .body(containsString("href=\"/tasks/" + id + "?from=1001#log\""))
                .body(not(containsString("Later lines")));
        page(id, "?from=1001")
                .body(containsString("Lines 1001 to 1500 of 2000."))
                .body(containsString("href=\"/tasks/" + id + "?from=501#log\""))
                .body(containsString("href=\"/tasks/" + id + "?from=1501#log\""))
                .body(containsString("data-elsewhere"));
        page(id, "?from=1").body(not(containsString("Earlier lines")));
    }

    @Test
    void aLineIsShownAndMarked() {
        String id = numbered(2000);

        page(id, "?line=700")
                .body(containsString("<div id=\"L700\" class=\"line stdout marked\""))
                .body(containsString("Lines 450 to 949 of 2000."))
                .body(containsString("href=\"?line=700#L700\""));
        page(id, "?line=2001").body(containsString("there is no line 2001")).body(containsString("id=\"L2000\""));
    }

    @Test
    void withoutAScriptAFormFinds() {
        String id = numbered(2000);

        lead(id, "/find?text=LINE+1234&beside=0")
                .statusCode(303)
                .header("Location", endsWith("/tasks/" + id + "?line=1234&find=LINE%201234#L1234"));
        page(id, "?line=1234&find=LINE+1234")
                .body(containsString("id=\"L1234\" class=\"line stdout marked\""))
                .body(containsString("value=\"LINE 1234\""))
                .body(containsString("name=\"beside\" value=\"1234\""));
        page(id, "?find=LINE+1234").body(containsString("Line 1234 is the first of 1 with this text."));
        lead(id, "/find?text=%3Cb%3E").header("Location", endsWith("/tasks/" + id + "?find=%3Cb%3E#log"));
        page(id, "?find=%3Cb%3E")
                .body(containsString("Nothing in the log has this text."))
                .body(containsString("value=\"&lt;b&gt;\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?line=0", "?line=x", "?from=-1", "?line=9999999999999999999"})
    void anAddressThatNamesNoLineIsRefused(String query) {
        page(numbered(1), query, 400).body(containsString("must be a whole number from 1 to"));
    }

    @Test
    void aFormThatLooksForNothingIsRefusedInAPage() {
        lead(numbered(1), "/find?text=")
                .statusCode(400)
                .contentType("text/html")
                .body(containsString("text must say what to find"));
    }

    @Test
    void ofVeryManyNewLinesTheLiveLogHasTheLast() {
        String id = numbered(3000);

        signedIn()
                .get("/tasks/" + id + "/log")
                .then()
                .body(containsString("\"text\":\"line 3000\""))
                .body(containsString("id:3000"))
                .body(not(containsString("\"text\":\"line 1\"")))
                .body(containsString("event:end"));
    }

    private String numbered(int lines) {
        String id = ended(NOTHING);
        TestLog.of(logs, id).numbered(lines).seal();
        return id;
    }

    private static ValidatableResponse json(String id, String path) {
        return signedIn()
                .accept("application/json")
                .get("/tasks/" + id + "/log" + path)
                .then();
    }

    private static ValidatableResponse lead(String id, String path) {
        return signedIn()
                .accept("text/html")
                .get("/tasks/" + id + "/log" + path)
                .then();
    }

    private static ValidatableResponse page(String id, String query) {
        return page(id, query, 200);
    }

    private static ValidatableResponse page(String id, String query, int status) {
        return signedIn()
                .accept("text/html")
                .get("/tasks/" + id + query)
                .then()
                .statusCode(status)
                .contentType("text/html");
    }
}

package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.NOTHING;
import static dev.fleetrunner.console.Admin.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.console.Browser.Look;
import dev.fleetrunner.logs.LogStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log as a person reads it in a real browser; it is written by the test. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@Tag("engine")
class LogBrowserTest {
    private static final int MANY = 200_000;
    private static final int NEEDLE = 137_042;
    /** The numbers of the lines that can be seen, those that have not come yet left out. */
    private static final String SEEN = "((box) => [...document.querySelectorAll('#log .line:not(.waiting)')]"
            + ".filter((line) => { const at = line.getBoundingClientRect();"
            + " return at.top < box.bottom - 1 && at.bottom > box.top + 1; })"
            + ".map((line) => [Number(line.querySelector('.seq').textContent), line.querySelector('.text').textContent]))"
            + "(document.querySelector('#log').getBoundingClientRect())";

    @Inject
    LogStore logs;

    @TestHTTPResource
    String address;

    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = Browser.open(Look.WIDE);
        browser.open(address + "sign-in");
        browser.signIn(WithoutEngine.TOKEN);
        soon(() -> assertThat(browser.value("location.pathname").asText()).isEqualTo("/"));
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void onlyWhatIsSeenOfAVeryLongLogIsInThePage() {
        String id = ended(NOTHING);
        TestLog.of(logs, id)
                .out(TestLog.lines(1, NEEDLE - 1) + "a \u001b[31mnee\u001b[0mdle\n" + TestLog.lines(NEEDLE + 1, MANY))
                .seal();
        open(id, "");
        sees(MANY);

        browser.value("(document.querySelector('#log').scrollTop = document.querySelector('.space').offsetHeight / 2)");
        sees(MANY / 2 + 1);

        press("Home");
        sees(1);
        press("End");
        sees(MANY);

        browser.type("#log-text", "NEEDLE");
        browser.click("#log-next");
        soon(() -> {
            assertThat(browser.text("#log-found")).isEqualTo("Match 1 of 1: line " + NEEDLE + ".");
            assertThat(browser.text(".line.marked .text")).isEqualTo("a needle");
            assertThat(browser.value("location.hash").asText()).isEqualTo("#L" + NEEDLE);
        });
        sees(NEEDLE);
        soon(() -> assertThat(browser.value("[...CSS.highlights.get('found')].map(String)"))
                .extracting(JsonNode::asText)
                .containsExactly("needle"));
        browser.click("#log-wrap");
        sees(NEEDLE);
        press("Home");
        sees(1);
        press("End");
        sees(MANY);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anAddressNamesALine() {
        String id = ended(NOTHING);
        TestLog.of(logs, id).numbered(5000).seal();

        open(id, "#L2345");
        sees(2345);
        assertThat(browser.text(".line.marked .seq")).isEqualTo("2345");

        browser.click("#L2343 .seq");
        soon(() -> assertThat(browser.value("location.hash").asText()).isEqualTo("#L2343"));
        assertThat(browser.text(".line.marked .seq")).isEqualTo("2343");

        browser.type("#log-number", "17");
        browser.click("#log-line button");
        sees(17);
        assertThat(browser.value("location.hash").asText()).isEqualTo("#L17");

        browser.value("(location.hash = '#L4000')");
        sees(4000);

        open(id, "?line=3000");
        sees(3000);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void newLinesArriveInOrderAndOnceWhileItIsFollowedAndWhileItIsNot() {
        String id = ended(NOTHING);
        TestLog log = TestLog.of(logs, id).numbered(1000);
        open(id, "");
        soon(() -> assertThat(browser.text("#log-state")).startsWith("Live:"));
        sees(1000);
        assertThat(follows()).isTrue();

        log.out(TestLog.lines(1001, 1010));
        log.out(TestLog.lines(1011, 1400));
        sees(1400);

        browser.value("(document.querySelector('#log').scrollTop -= 4000)");
        soon(() -> assertThat(follows()).isFalse());
        JsonNode before = browser.value(SEEN);
        log.out(TestLog.lines(1401, 3000));
        soon(() -> assertThat(browser.text("#log-new")).isEqualTo("1600 new lines"));
        assertThat(browser.value(SEEN)).isEqualTo(before);

        browser.click("#log-new");
        sees(3000);
        assertThat(follows()).isTrue();
        press("PageUp");
        soon(() -> assertThat(follows()).isFalse());
        browser.click("#follow");
        log.out(TestLog.lines(3001, 3001)).seal();
        sees(3001);
        soon(() -> assertThat(browser.text("#log-state")).isEqualTo("Complete."));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLostConnectionIsSaidAndGoesOnWhereItWas() throws Exception {
        String id = ended(NOTHING);
        TestLog log = TestLog.of(logs, id).numbered(10);
        try (Wire wire = new Wire(java.net.URI.create(address).getPort())) {
            address = "http://localhost:" + wire.port() + "/";
            browser.open(address + "sign-in");
            browser.signIn(WithoutEngine.TOKEN);
            soon(() -> assertThat(browser.value("location.pathname").asText()).isEqualTo("/"));
            open(id, "");
            soon(() -> assertThat(browser.text("#log-state")).startsWith("Live:"));
            log.out(TestLog.lines(11, 20));
            sees(20);

            wire.cut();
            soon(() -> assertThat(browser.text("#log-state")).startsWith("The connection is lost"));
            log.out(TestLog.lines(21, 30));
            wire.mend();

            soon(() -> assertThat(browser.text("#log-state")).startsWith("Connected again"));
            sees(30);
            log.seal();
            soon(() -> assertThat(browser.text("#log-state")).isEqualTo("Complete."));
        }
    }

    @Test
    void tricksOfTheTaskStayText() {
        String id = ended(NOTHING);
        TestLog.of(logs, id)
                .out("<script>window.tricked = 1</script><img src=x onerror=window.tricked=1>\n")
                .err("\u001b[2J\u001b[1;1Hfirst\u0000\u009b31m\u001b]0;title\u0007\u202e\n")
                .out("x".repeat(100_000) + "\nlast\n")
                .seal();
        open(id, "");

        soon(() -> assertThat(browser.text("#log"))
                .contains("<script>window.tricked = 1</script>", "first^@", "<U+202E>", "more characters", "last"));
        browser.value("document.querySelector('#log-times').value = 'clock'");
        browser.value("document.querySelector('#log-times').dispatchEvent(new Event('change'))");
        soon(() -> assertThat(browser.text("#L2 .at")).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
        assertThat(browser.text("#L2 .stream")).isEqualTo("err");
        assertThat(browser.value("window.tricked").isNull()).isTrue();
        assertThat(browser.value("document.documentElement.scrollWidth <= window.innerWidth")
                        .asBoolean())
                .isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    /** The line is seen, and around it each next line is the one that belongs there. */
    private void sees(int number) {
        soon(() -> {
            JsonNode seen = browser.value(SEEN);
            assertThat(seen).extracting(line -> line.path(0).asInt()).contains(number);
            int first = seen.path(0).path(0).asInt();
            for (int i = 0; i < seen.size(); i++) {
                int expected = first + i;
                assertThat(seen.path(i).path(0).asInt()).isEqualTo(expected);
                if (expected != NEEDLE) {
                    assertThat(seen.path(i).path(1).asText()).isEqualTo("line " + expected);
                }
            }
        });
        assertThat(browser.value("document.querySelectorAll('#log .line').length")
                        .asInt())
                .isLessThan(500);
    }

    private boolean follows() {
        return browser.value("document.querySelector('#follow').checked").asBoolean();
    }

    private void press(String key) {
        browser.press("#log", key);
    }

    private void soon(ThrowingRunnable assertion) {
        browser.soon(assertion);
    }

    private void open(String id, String where) {
        browser.open(address + "tasks/" + id + where);
    }
}

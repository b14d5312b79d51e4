package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.signedIn;
import static dev.fleetrunner.console.Admin.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.LocatorOptions;
import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do on the pages: see why, take files home, share a view, cancel, by keyboard and without scripts. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class ReadingTest {
    private static final String REPORT = "workspace/reports/TEST-calc.xml";

    @TestHTTPResource
    String address;

    private Scene scene;
    private Browser browser;

    @BeforeEach
    void setScene() {
        WithPodman.present();
        // A case of its own: the service keeps what other tests have left.
        scene = Scene.set("reading-" + UUID.randomUUID());
    }

    @AfterEach
    void endScene() {
        if (browser != null) {
            browser.close();
        }
        if (scene != null) {
            scene.end();
        }
    }

    private void enter(Look look, String token) {
        browser = Browser.open(look);
        browser.open(address + "sign-in");
        browser.signIn(token);
        browser.page().waitForURL(address);
    }

    private void goTo(String path) {
        browser.open(address + path);
    }

    private byte[] stored() {
        return signedIn()
                .get("/api/v1/tasks/" + scene.failed() + "/artifacts/" + REPORT)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    @Test
    void theTestThatFailedIsSeenAtOnceAndItsReportTakenHome() {
        enter(Look.WIDE, WithoutEngine.TOKEN);
        goTo("tasks/" + scene.failed());

        assertThat(browser.text("#state")).contains("failed", "What to do:", "EXIT_NONZERO");
        assertThat(browser.page().locator(".failed-test[open]").innerText())
                .contains("subtracts", "expected 4", "at Calc.java:42");
        assertThat(browser.text("#receipt")).contains("Memory", "none");
        assertThat(browser.page().title()).startsWith("✗ failed");

        browser.page()
                .locator(".tree a", new LocatorOptions().setHasText("TEST-calc.xml"))
                .first()
                .click();
        assertThat(browser.text("main")).contains("2 tests: 1 passed, 1 failed", "subtracts");
        assertThat(browser.download("#download")).isEqualTo(stored());
    }

    @Test
    void markupOfATaskIsShownAndNotRun() {
        enter(Look.WIDE, WithoutEngine.TOKEN);
        goTo("tasks/" + scene.failed() + "/files/workspace/reports/html/index.html");

        assertThat(browser.text("pre")).isEqualTo("<script>document.title = 1</script>");
        assertThat(browser.page().title()).doesNotStartWith("1");
        goTo("tasks/" + scene.failed() + "/files/workspace/reports/dot.png");
        browser.soon(() -> assertThat(browser.value("document.querySelector('.picture').naturalWidth")
                        .asInt())
                .isEqualTo(1));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aViewIsSharedByItsAddress() {
        enter(Look.WIDE, WithoutEngine.TOKEN);
        goTo("tasks");
        browser.click("summary");
        browser.type("#filter-case_id", scene.caseId());
        browser.click(".filter button");
        browser.page().waitForURL("**/tasks?*case_id=" + scene.caseId() + "*");
        browser.click("#only-failed");
        browser.page().waitForURL("**/tasks?status=failed*");
        String shared = browser.page().url();
        browser.close();

        enter(Look.WIDE, Admin.token("sharer", "viewer"));
        browser.open(shared);
        assertThat(browser.page().locator("tbody tr").count()).isEqualTo(1);
        assertThat(browser.text("tbody")).contains("failed");
        assertThat(browser.page().inputValue("#filter-case_id")).isEqualTo(scene.caseId());
    }

    @Test
    void theOverviewFollowsWhatHappens() {
        enter(Look.WIDE, WithoutEngine.TOKEN);
        browser.value("(window.loaded = 'once')");
        browser.soon(() -> assertThat(browser.text("#overview")).contains("1 of", "line $i"));
        int before = cancelled();

        String other = submitted(Map.of("cmd", List.of("sleep", "60")));
        browser.soon(() -> assertThat(browser.text("#overview")).contains("2 of"));
        browser.soon(() -> assertThat(browser.page().title()).startsWith("2 running"));
        signedIn().post("/api/v1/tasks/" + other + "/cancel").then().statusCode(200);
        browser.soon(() -> assertThat(cancelled()).isEqualTo(before + 1));

        assertThat(browser.value("window.loaded").asText()).isEqualTo("once");
        assertThat(browser.complaints()).isEmpty();
    }

    private int cancelled() {
        return Integer.parseInt(
                browser.page().locator(".counts li:last-child b").innerText());
    }

    @Test
    void aTaskIsCancelledByKeyboardAlone() {
        enter(Look.WIDE, WithoutEngine.TOKEN);
        String id = submitted(Map.of("cmd", List.of("sleep", "120")));
        goTo("tasks/" + id);
        browser.soon(() -> assertThat(browser.page().locator("#cancel").count()).isEqualTo(1));

        tabTo("#cancel");
        browser.page().keyboard().press("Enter");
        browser.page().waitForURL("**/cancel");
        tabTo("button.danger");
        browser.page().keyboard().press("Enter");
        browser.page().waitForURL("**/tasks/" + id);

        browser.soon(() -> assertThat(browser.text("#state")).contains("cancelled"));
    }

    /** Presses Tab until the element has the focus, which must be seen. */
    private void tabTo(String selector) {
        for (int i = 0; i < 100; i++) {
            browser.page().keyboard().press("Tab");
            if (browser.value("document.activeElement.matches('" + selector + "')")
                    .asBoolean()) {
                assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle")
                                .asText())
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    @Test
    void everythingCanBeReadAndTakenWithoutScripts() {
        enter(Look.PLAIN, WithoutEngine.TOKEN);
        browser.click("a[href='/tasks']");
        browser.page().waitForURL("**/tasks");
        browser.click("#task-" + scene.failed());

        assertThat(browser.page().locator("#tests").innerText()).contains("subtracts", "expected 4");
        assertThat(browser.page().locator("#log").innerText()).contains("started", "error: no");
        assertThat(browser.page().locator("label.live:visible").count()).isZero();
        assertThat(browser.download(".file a[download]")).isNotEmpty();
        browser.click("#rerun");
        browser.page().waitForURL("**/tasks/*");
        assertThat(browser.page().locator("main").innerText()).contains("Repeats");
    }

    @Test
    void whatIsNotForARoleIsNeitherOfferedNorGiven() {
        enter(Look.WIDE, Admin.token("looker", "viewer"));
        assertThat(browser.text("header")).doesNotContain("Tokens", "Audit", "Policy");
        goTo("tasks/" + scene.running());
        assertThat(browser.page().locator("#cancel").count()).isZero();

        goTo("tokens");
        assertThat(browser.text("h1")).isEqualTo("This is not for your role");
        goTo("audit");
        assertThat(browser.text("h1")).isEqualTo("This is not for your role");
    }
}

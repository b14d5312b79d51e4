package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.cancel;
import static dev.fleetrunner.console.Admin.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a person sees, in a real browser, of a task on a real engine. An absent browser fails the build if
 * {@code -Dcontract.require} names it.
 */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class BrowserTest {
    @TestHTTPResource
    String address;

    private Browser browser;

    @BeforeEach
    void openBrowser() {
        WithPodman.present();
        browser = Browser.open(Look.WIDE);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aRunningTaskIsWatchedToItsEndWithoutReloading() {
        // Given
        String id =
                submit("end() { echo '<b>last' >&2; exit 3; }; trap end TERM; echo first; while :; do sleep 0.1; done");
        String page = address.replaceAll("/$", "") + "/tasks/" + id;
        browser.open(page);
        browser.signIn(WithoutEngine.TOKEN);
        browser.soon(() -> {
            assertThat(browser.value("location.href").asText()).isEqualTo(page);
            assertThat(browser.text("#state")).contains("running");
            assertThat(browser.text("#log")).contains("out").contains("first");
        });
        browser.value("(window.loaded = 'once')");

        // When
        cancel(id);

        // Then
        browser.soon(() -> {
            assertThat(browser.text("#log")).contains("err").contains("<b>last");
            assertThat(browser.text("#log-state")).isEqualTo("Complete.");
            assertThat(browser.text("#state")).contains("cancelled").contains("CANCELLED");
            assertThat(browser.text("#announce")).contains("The task is now cancelled.");
            assertThat(browser.text("#facts")).contains("Result as JSON");
        });
        assertThat(browser.value("window.loaded").asText()).isEqualTo("once");
        assertThat(browser.value("document.querySelectorAll('#log b').length").asInt())
                .isZero();
        assertThat(browser.value("[...document.querySelectorAll('#log .seq')].map((seq) => Number(seq.textContent))"))
                .extracting(JsonNode::asInt)
                .doesNotHaveDuplicates();
        assertThat(browser.complaints()).isEmpty();
    }

    private static String submit(String script) {
        return submitted("{\"cmd\": [\"/bin/sh\", \"-c\", \"" + script + "\"], \"timeouts\": {\"overallSec\": 120}}");
    }
}

package dev.fleetrunner.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees, in a real browser, of a task on a real engine. An absent browser fails the build if
 * {@code -Dcontract.require} names it.
 */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class BrowserTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> REQUIRED =
            List.of(System.getProperty("contract.require", "").split(","));

    @TestHTTPResource
    String address;

    @TempDir
    Path directory;

    private Browser browser;

    @BeforeEach
    void openBrowser() throws Exception {
        present("browser", Browser.available());
        present("podman", WithPodman.SOCKET != null);
        browser = new Browser(directory);
    }

    private static void present(String name, boolean there) {
        if (!there && REQUIRED.contains(name)) {
            throw new IllegalStateException(name + " is required by -Dcontract.require and is not there");
        }
        assumeTrue(there, name + " is not there");
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
        browser.type("#token", WithoutEngine.TOKEN);
        browser.click("main button");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(browser.value("location.href").asText()).isEqualTo(page);
            assertThat(browser.text("#state")).contains("running");
            assertThat(browser.text("#log")).contains("out").contains("first");
        });
        browser.value("(window.loaded = 'once')");

        // When
        cancel(id);

        // Then
        await().atMost(SOON).untilAsserted(() -> {
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

    private static void cancel(String id) {
        given().header("Authorization", "Bearer " + WithoutEngine.TOKEN)
                .post("/api/v1/tasks/" + id + "/cancel")
                .then()
                .statusCode(200);
    }

    private static String submit(String script) {
        return given().header("Authorization", "Bearer " + WithoutEngine.TOKEN)
                .contentType("application/json")
                .body("{\"cmd\": [\"/bin/sh\", \"-c\", \"" + script + "\"], \"timeouts\": {\"overallSec\": 120}}")
                .post("/api/v1/tasks")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}

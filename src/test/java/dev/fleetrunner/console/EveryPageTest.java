package dev.fleetrunner.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, with real tasks on it, for every eye: no barrier, no overflow, no complaint of the browser. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class EveryPageTest {
    @TestHTTPResource
    String address;

    private Scene scene;

    static Stream<Look> looks() {
        return Stream.of(Look.WIDE, Look.PHONE, new Look(1440, true, true), new Look(360, false, false));
    }

    @BeforeEach
    void setScene() {
        WithPodman.present();
        scene = Scene.set("case-7429");
    }

    @AfterEach
    void endScene() {
        if (scene != null) {
            scene.end();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void hasNoBarrier(Look look) {
        String base = address.replaceAll("/$", "");
        Map<String, List<String>> found = new LinkedHashMap<>();
        try (Browser browser = Browser.open(look)) {
            browser.open(base + "/sign-in");
            found.put("sign-in", faults(browser));
            browser.signIn(WithoutEngine.TOKEN);
            browser.page().waitForURL(base + "/");
            scene.pages().forEach((name, path) -> {
                browser.open(base + path);
                found.put(name, faults(browser));
            });
            // A page that is not there is told with a status that browsers log.
            assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("404 (Not Found)"));
        }
        assertThat(found).allSatisfy((page, faults) -> assertThat(faults).isEmpty());
    }

    private static List<String> faults(Browser browser) {
        List<String> faults = new ArrayList<>();
        // Without scripts axe cannot look, either.
        if (browser.look().script()) {
            faults.addAll(browser.barriers());
            if (browser.overflow() > 0) {
                faults.add("is " + browser.overflow() + " pixels too wide");
            }
        }
        if (browser.page().locator("h1").count() != 1) {
            faults.add("has " + browser.page().locator("h1").count() + " main headings");
        }
        return faults;
    }
}

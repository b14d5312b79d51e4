package dev.fleetrunner.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Takes the pictures that {@code docs/console.md} shows; {@code make screenshots} runs it. */
@QuarkusTest
@TestProfile(WithPodman.class)
class Pictures {
    private static final Path DOCUMENT = Path.of("docs/console.md");
    private static final Path DIRECTORY = Path.of("docs/console");
    private static final Pattern PICTURE = Pattern.compile("console/([a-z-]+)\\.png");
    private static final Look DESK = new Look(1280, false, true);
    private static final String PHONE = "-phone";
    /** Pixels; a picture tells what a page is like, and no more. */
    private static final int HIGHEST = 1500;

    private static final String BUSY =
            "i=0; while :; do i=$((i+1)); [ $((i %% %d)) -gt 0 ] || { echo \"case $i passed\"; sleep 0.%d; }; done";

    @TestHTTPResource
    String address;

    @Test
    void take() throws IOException {
        WithPodman.present();
        Set<String> wanted = PICTURE.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Scene scene = Scene.set("AUTHZ-7429");
        List<String> others = new ArrayList<>();
        try {
            for (int i = 1; i <= 5; i++) {
                others.add(Admin.submitted(busy(i)));
            }
            try (Browser browser = signedIn(DESK)) {
                browser.soon(() -> assertThat(browser.value(
                                        "[...document.querySelectorAll('.spark polyline')].filter((line) => line.points.length > 3).length")
                                .asInt())
                        .isGreaterThanOrEqualTo(6));
                scene.pages().forEach((name, path) -> take(browser, wanted, name, path, ""));
            }
            try (Browser browser = signedIn(Look.PHONE)) {
                scene.pages().forEach((name, path) -> take(browser, wanted, name, path, PHONE));
            }
        } finally {
            others.forEach(Admin::cancel);
            scene.end();
        }
        assertThat(wanted).allSatisfy(name -> assertThat(DIRECTORY.resolve(name + ".png"))
                .as("the picture that %s shows", DOCUMENT)
                .exists());
    }

    private Browser signedIn(Look look) {
        Browser browser = Browser.open(look);
        browser.open(address + "sign-in");
        shoot(browser, "sign-in");
        browser.signIn(WithoutEngine.TOKEN);
        browser.page().waitForURL(address);
        return browser;
    }

    private void take(Browser browser, Set<String> wanted, String name, String path, String ending) {
        if (wanted.contains(name + ending)) {
            browser.open(address + path.substring(1));
            shoot(browser, name + ending);
        }
    }

    private static void shoot(Browser browser, String name) {
        int height = browser.value("document.documentElement.scrollHeight").asInt();
        browser.page()
                .screenshot(new ScreenshotOptions()
                        .setFullPage(true)
                        .setClip(0, 0, browser.look().width(), Math.min(height, HIGHEST))
                        .setPath(DIRECTORY.resolve(name + ".png")));
    }

    /** One that computes and writes until it is ended. */
    private static Map<String, Object> busy(int number) {
        return Map.of(
                "cmd",
                List.of("/bin/sh", "-c", String.format(BUSY, 4000 * number, 9 - number)),
                "resources",
                Map.of("cpu", "0.2", "memory", "64Mi"),
                "context",
                Map.of("case_id", "AUTHZ-74" + (29 + number), "task_id", "qa-regression", "role", "qa"));
    }
}

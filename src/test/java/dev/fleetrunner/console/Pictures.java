package dev.fleetrunner.console;

import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Takes the pictures of {@code docs/console.md}; {@code make screenshots} runs it. */
@QuarkusTest
@TestProfile(WithPodman.class)
class Pictures {
    private static final Path DIRECTORY = Path.of("docs/console");
    private static final Look DESK = new Look(1280, false, true);
    private static final List<String> ON_A_PHONE = List.of("overview", "task-failed");

    @TestHTTPResource
    String address;

    @Test
    void take() {
        WithPodman.present();
        Scene scene = Scene.set("AUTHZ-7429");
        try {
            for (int i = 0; i < 3; i++) {
                Admin.submitted(waiting(i));
            }
            take(DESK, scene.pages(), "");
            var few = scene.pages();
            few.keySet().retainAll(ON_A_PHONE);
            take(Look.PHONE, few, "-phone");
        } finally {
            scene.end();
        }
    }

    private void take(Look look, Map<String, String> pages, String ending) {
        String base = address.replaceAll("/$", "");
        try (Browser browser = Browser.open(look)) {
            browser.open(base + "/sign-in");
            browser.picture(DIRECTORY.resolve("sign-in" + ending + ".png"));
            browser.signIn(WithoutEngine.TOKEN);
            browser.page().waitForURL(base + "/");
            pages.forEach((name, path) -> {
                browser.open(base + path);
                browser.picture(DIRECTORY.resolve(name + ending + ".png"));
            });
        }
    }

    /** One that waits for a place while the pictures are taken. */
    private static Map<String, Object> waiting(int number) {
        return Map.of(
                "cmd",
                List.of("agent-task"),
                "context",
                Map.of("case_id", "AUTHZ-74" + (30 + number), "task_id", "qa-regression", "role", "qa"));
    }
}

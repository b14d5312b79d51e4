package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.BoundingBox;
import dev.fleetrunner.console.Browser.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new task as a person writes it in a real browser. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@Tag("engine")
class NewTaskBrowserTest {
    private static final String SOURCE = "document.querySelector('[name=\"mounts.0.source\"]').value";

    @TestHTTPResource
    String address;

    @TempDir
    Path directory;

    private Browser browser;

    private void open(Look look) {
        browser = Browser.open(look);
        browser.open(address + "sign-in");
        browser.signIn(WithoutEngine.TOKEN);
        browser.page().waitForURL(address);
        browser.open(address + "tasks/new");
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private void choose(String name, String value) {
        browser.page().locator("[name=\"" + name + "\"]").selectOption(value);
    }

    private void said(String words) {
        browser.soon(() -> assertThat(browser.text("#preview")).contains(words));
    }

    private String focus() {
        return browser.value("document.activeElement.id").asText();
    }

    @Test
    void theFormIsFilledInAndSubmitted() {
        open(Look.WIDE);
        browser.type("#cmd", "echo hello");
        said("Allowed by rule everyone (profile strict).");
        assertThat(focus()).isEqualTo("cmd");

        choose("network.mode", "open");
        said("network.mode open is denied by rule everyone");
        choose("network.mode", "");
        browser.click("[data-rows=env] .add");
        browser.type("[name=\"env.1.name\"]", "SECOND");
        said("Allowed");
        assertThat(browser.barriers()).isEmpty();

        browser.click("#run");

        browser.soon(() -> assertThat(browser.text("h1")).startsWith("Task"));
        assertThat(browser.text(".command")).contains("echo hello");
        assertThat(browser.page().content()).contains("SECOND");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void itIsSubmittedWithoutScripts() {
        open(Look.PLAIN);
        browser.type("#cmd", "echo plain");
        browser.click("#check");
        assertThat(browser.page().locator("#said").innerText()).contains("Allowed by rule everyone (profile strict).");
        browser.click("text=Show as JSON");
        assertThat(browser.page().locator("#json").inputValue()).contains("\"echo plain\"");

        browser.click("#run");

        assertThat(browser.page().locator("h1").innerText()).startsWith("Task");
    }

    @Test
    void faultsHaveTheFocusOnAPhoneToo() {
        open(Look.PHONE);
        browser.click("#run");

        browser.soon(() -> assertThat(focus()).isEqualTo("faults"));
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.click("#faults a");
        assertThat(focus()).isEqualTo("cmd");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("status of 400"));
    }

    private void upload(Path... files) {
        browser.page().locator("#upload-files").setInputFiles(files);
    }

    @Test
    void anArchiveIsUploadedAndMounted() throws IOException {
        open(Look.WIDE);
        Path zip = directory.resolve("files.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.putNextEntry(new ZipEntry("a/hello.txt"));
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        upload(zip);

        browser.soon(() -> assertThat(browser.text("#upload-state")).startsWith("Uploaded: 1 file,"));
        String id = browser.value(SOURCE).asText();
        assertThat(id).startsWith("ws-");
        signedIn().get("/api/v1/workspaces/" + id).then().statusCode(200);
    }

    /** The service reads the tar that the page writes; the same content has the same id, however it was packed. */
    @Test
    void filesArePackedByThePage() throws IOException {
        open(Look.WIDE);
        Path one = Files.writeString(directory.resolve("one.txt"), "1".repeat(512));
        Path two = Files.writeString(directory.resolve("zwei ü.sh"), "#!/bin/sh\n");
        Path zip = directory.resolve("same.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Path path : List.of(one, two)) {
                out.putNextEntry(new ZipEntry(path.getFileName().toString()));
                out.write(Files.readAllBytes(path));
            }
        }

        upload(one, two);

        browser.soon(() -> assertThat(browser.text("#upload-state")).startsWith("Uploaded: 2 files,"));
        String id = browser.value(SOURCE).asText();
        signedIn()
                .contentType("application/octet-stream")
                .body(Files.readAllBytes(zip))
                .post("/api/v1/workspaces")
                .then()
                .statusCode(200)
                .body("id", org.hamcrest.Matchers.equalTo(id));
    }

    @Test
    void aFolderIsDropped() throws IOException {
        open(Look.WIDE);
        Path folder = Files.createDirectories(directory.resolve("project/src/deep"))
                .getParent()
                .getParent();
        Files.writeString(folder.resolve("README"), "read me");
        Files.writeString(folder.resolve("src/deep/a.txt"), "a");

        drop("#upload", folder);

        browser.soon(() -> assertThat(browser.text("#upload-state")).startsWith("Uploaded: 2 files,"));
        assertThat(browser.value(SOURCE).asText()).startsWith("ws-");
        assertThat(browser.complaints()).isEmpty();
    }

    /** As a person drops it, from the desktop. */
    private void drop(String selector, Path path) {
        browser.page().locator(selector).scrollIntoViewIfNeeded();
        BoundingBox box = browser.page().locator(selector).boundingBox();
        CDPSession session = browser.page().context().newCDPSession(browser.page());
        var files = new JsonArray();
        files.add(path.toString());
        var data = new JsonObject();
        data.add("items", new JsonArray());
        data.add("files", files);
        data.addProperty("dragOperationsMask", 1);
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            var event = new JsonObject();
            event.addProperty("type", type);
            event.addProperty("x", box.x + box.width / 2);
            event.addProperty("y", box.y + box.height / 2);
            event.add("data", data);
            session.send("Input.dispatchDragEvent", event);
        }
    }

    @Test
    void whatIsRefusedIsSaid() throws IOException {
        open(Look.WIDE);
        Path broken = Files.writeString(directory.resolve("broken.zip"), "no zip at all");

        upload(broken);

        browser.soon(() -> assertThat(browser.text("#upload-state")).startsWith("Not uploaded: "));
    }
}

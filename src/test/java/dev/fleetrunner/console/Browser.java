package dev.fleetrunner.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Chromium, driven by chromedriver over plain HTTP.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    /**
     * @param profile a directory for the browser's own files
     */
    Browser(Path profile) throws IOException {
        driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            String sessions = "http://127.0.0.1:" + port(driver) + "/session";
            session = sessions + "/"
                    + send("POST", sessions, capabilities(profile))
                            .path("sessionId")
                            .asText();
        } catch (IOException | RuntimeException e) {
            driver.destroy();
            throw e;
        }
    }

    /** Whether the machine has one. */
    static boolean available() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(
                        directory -> Path.of(directory, "chromedriver").toFile().canExecute());
    }

    private static String port(Process driver) throws IOException {
        BufferedReader output = driver.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("chromedriver did not start");
    }

    private static Map<String, Object> capabilities(Path profile) {
        List<String> arguments = List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        Map<String, Object> always =
                Map.of("goog:chromeOptions", Map.of("args", arguments), "goog:loggingPrefs", Map.of("browser", "ALL"));
        return Map.of("capabilities", Map.of("alwaysMatch", always));
    }

    void open(String url) {
        send("POST", session + "/url", Map.of("url", url));
    }

    /** The value of a JavaScript expression. */
    JsonNode value(String expression) {
        return send("POST", session + "/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    /** The text that can be seen of the first element that a CSS selector finds. */
    String text(String selector) {
        return send("GET", element(selector) + "/text", null).asText();
    }

    void type(String selector, String text) {
        send("POST", element(selector) + "/value", Map.of("text", text));
    }

    void click(String selector) {
        send("POST", element(selector) + "/click", Map.of());
    }

    /** What the browser complained about, such as breaches of the content security policy. */
    List<String> complaints() {
        return send("POST", session + "/se/log", Map.of("type", "browser")).findValuesAsText("message");
    }

    private String element(String selector) {
        JsonNode found = send("POST", session + "/element", Map.of("using", "css selector", "value", selector));
        return session + "/element/" + found.elements().next().asText();
    }

    private JsonNode send(String method, String url, Object body) {
        try {
            var publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            var request = HttpRequest.newBuilder(URI.create(url))
                    .method(method, publisher)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " " + url + ": " + response.body());
            }
            return JSON.readTree(response.body()).path("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        send("DELETE", session, null);
        driver.destroy();
    }
}

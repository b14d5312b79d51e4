package dev.fleetrunner.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;

/** A real Chromium with one page, driven by Playwright. Belongs to the thread that opened it. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> REQUIRED =
            List.of(System.getProperty("contract.require", "").split(","));

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final Page page;
    private final Look look;
    private final List<String> complaints = new ArrayList<>();

    /**
     * How a person looks at a page.
     *
     * @param width of the window, in pixels
     * @param script whether the browser runs scripts
     */
    public record Look(int width, boolean dark, boolean script) {
        public static final Look WIDE = new Look(1440, false, true);
        public static final Look PHONE = new Look(360, true, true);
        public static final Look PLAIN = new Look(1440, false, false);

        private int height() {
            return width < 600 ? 740 : 900;
        }
    }

    private Browser(Path chromium, Path node, Look look) {
        this.look = look;
        System.setProperty("playwright.nodejs.path", node.toString());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        BrowserContext context = this.chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setJavaScriptEnabled(look.script()));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** One as it is asked for; without a browser the test is passed over, or fails if one is required. */
    public static Browser open(Look look) {
        Optional<Path> chromium = program("chromium").or(() -> program("google-chrome"));
        Optional<Path> node = program("node");
        boolean there = chromium.isPresent() && node.isPresent();
        if (!there && REQUIRED.contains("browser")) {
            throw new IllegalStateException("browser is required by -Dcontract.require and is not there");
        }
        assumeTrue(there, "chromium and node are not there");
        return new Browser(chromium.get(), node.get(), look);
    }

    private static Optional<Path> program(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** How it looks. */
    public Look look() {
        return look;
    }

    /** The page, for whatever is not here. */
    public Page page() {
        return page;
    }

    /** Goes there. */
    public void open(String url) {
        page.navigate(url);
    }

    /** Signs in with a token, on the page that asks for it. */
    public void signIn(String token) {
        type("#token", token);
        click("main form button");
    }

    /** The value of a JavaScript expression. */
    public JsonNode value(String expression) {
        return JSON.valueToTree(page.evaluate("() => (" + expression + ")"));
    }

    /** The text that can be seen of the first element that a CSS selector finds. */
    public String text(String selector) {
        return value("document.querySelector('" + selector + "').innerText").asText();
    }

    /** Types, as with a keyboard. */
    public void type(String selector, String text) {
        page.locator(selector).first().pressSequentially(text);
    }

    /** Presses a key in an element, by its name, as {@code End}. */
    public void press(String selector, String key) {
        page.locator(selector).first().press(key);
    }

    /** Clicks, as soon as the element can be. */
    public void click(String selector) {
        page.locator(selector).first().click();
    }

    /** What a click downloads. */
    public byte[] download(String selector) {
        Download download = page.waitForDownload(() -> click(selector));
        try {
            return Files.readAllBytes(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser complained about, such as breaches of the content security policy. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What axe-core finds against the WCAG 2.2, levels A and AA, and its own good practice. */
    public List<String> barriers() {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(Browser::words)
                        .toList();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getHtml()))
                        .toList();
    }

    /** How many pixels the page is wider than its window. */
    public int overflow() {
        return Math.max(
                0,
                value("document.documentElement.scrollWidth - window.innerWidth")
                        .asInt());
    }

    /** A picture of the whole page, as PNG. */
    public void picture(Path file) {
        page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(file));
    }

    /** Waits until it holds. In this thread, to which the browser belongs. */
    public void soon(ThrowingRunnable assertion) {
        await().pollInSameThread().atMost(SOON).untilAsserted(assertion);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}

package dev.fleetrunner.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser that has just come to the console for the first time, and has signed in. */
final class Chromium implements AutoCloseable {
    /** What the page and everything it loaded took on the wire. */
    private static final String WEIGHT =
            "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                    + ".reduce((sum, entry) => sum + entry.transferSize, 0)";

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final String base;

    private Chromium(String base) {
        this.base = base;
        System.setProperty("playwright.nodejs.path", System.getenv("BENCH_NODE"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(System.getenv("BENCH_CHROMIUM")))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
    }

    static Chromium signedIn(Rest rest) {
        var chromium = new Chromium(rest.base());
        chromium.page.context().setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + rest.token()));
        return chromium;
    }

    /** The page it shows, for whatever is not here. */
    Page page() {
        return page;
    }

    /** Goes to a page of the console. */
    void open(String path) {
        page.navigate(base + path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
    }

    /** Opens a page with nothing in the cache, and answers how many bytes came over the wire for it. */
    int weight(String path) {
        open(path);
        return ((Number) page.evaluate(WEIGHT)).intValue();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

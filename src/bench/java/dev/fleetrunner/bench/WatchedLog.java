package dev.fleetrunner.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A live log that people watch: how soon a line is on the screen, and what many watchers cost. */
final class WatchedLog implements Measurement {
    private static final double TARGET_MS = 200;
    private static final double PERCENT = 100;
    /** Notes for each line when the frame that shows it has been drawn, by the clock that wrote it. */
    private static final String NOTE_FRAMES =
            """
            () => {
              const seen = new Set();
              window.painted = [];
              const look = () => {
                for (const [written] of document.querySelector('#log').textContent.matchAll(/1[0-9]{18}/g)) {
                  if (seen.has(written)) continue;
                  seen.add(written);
                  requestAnimationFrame(() => {
                    const after = new MessageChannel();
                    after.port1.onmessage = () => painted.push(Date.now() - Number(written.slice(0, 13)));
                    after.port2.postMessage(0);
                  });
                }
              };
              new MutationObserver(look).observe(document.querySelector('#log'), {childList: true, subtree: true, characterData: true});
            }""";

    @Override
    public String title() {
        return "A live log, watched";
    }

    @Override
    public String method() {
        return "A task writes its clock about twenty times a second. *On the screen*: in the task's page in Chromium, "
                + "each line's clock is held against the clock when the frame that shows it has been drawn; the way from "
                + "the container over the log's file is in it. *Watchers*: so many clients read the log as the page "
                + "does, all in one program on the same two processors; each line's clock is held against the clock when "
                + "a watcher has it. CPU is the service's, of one processor, while they watch.";
    }

    @Override
    public boolean onEachEngine() {
        return false;
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int lines = stage.size().lines();
        try (var service = Service.start(stage, engine, stage.plain(), Map.of())) {
            for (int i = 0; i < stage.size().warmUp(); i++) {
                service.rest().pass(SameTask.SPEC);
            }
            return List.of(
                    onScreen(service, engine, lines),
                    watchers(service, engine, lines, stage.size().watchers()));
        }
    }

    private static String clock(int lines) {
        return "{\"cmd\": [\"/bin/sh\", \"-c\", \"sleep 3; i=0; while [ $i -lt " + lines
                + " ]; do date +%s%N; sleep 0.05; i=$((i+1)); done\"]}";
    }

    private static Row onScreen(Service service, Engine engine, int lines) throws Exception {
        Rest rest = service.rest();
        try (var browser = Chromium.signedIn(rest)) {
            String id = rest.submit(clock(lines));
            browser.open("/tasks/" + id);
            browser.page().waitForSelector("#log");
            browser.page().evaluate(NOTE_FRAMES);
            rest.awaitPassed(id);
            browser.page().waitForFunction("painted.length >= " + lines);
            List<Double> painted = new ArrayList<>();
            ((List<?>) browser.page().evaluate("painted")).forEach(one -> painted.add(((Number) one).doubleValue()));
            Samples samples = Samples.of(painted);
            return new Row(
                    painted.size() + " lines, written to painted",
                    engine.name(),
                    String.format(Locale.ROOT, "p50 %.0f ms", samples.median()),
                    Row.NONE,
                    String.format(Locale.ROOT, "p95 %.0f ms", samples.percentile(95)),
                    String.format(Locale.ROOT, "p95 under %.0f ms", TARGET_MS),
                    Verdict.of(samples.percentile(95) < TARGET_MS));
        }
    }

    private static Row watchers(Service service, Engine engine, int lines, int count) throws Exception {
        Rest rest = service.rest();
        final double rssBefore = service.rssMiB();
        String id = rest.submit(clock(lines));
        final double cpuBefore = service.cpuSeconds();
        final long start = System.nanoTime();
        var watchers = rest.watch(id, count);
        final double seconds = (System.nanoTime() - start) / 1e9;
        final double cpu = (service.cpuSeconds() - cpuBefore) / seconds * PERCENT;
        final double rss = service.rssMiB();
        rest.awaitPassed(id);
        for (List<Double> one : watchers) {
            if (one.size() != lines) {
                throw new IOException("a watcher got " + one.size() + " of " + lines + " lines");
            }
        }
        Samples samples = Samples.of(watchers.stream().flatMap(List::stream).toList());
        return Row.reported(
                count + " watchers of one log, all lines to all",
                engine.name(),
                String.format(Locale.ROOT, "%.0f %% of a processor, RSS %.0f → %.0f MB", cpu, rssBefore, rss),
                Row.NONE,
                String.format(Locale.ROOT, "p50 %.0f ms, p95 %.0f ms", samples.median(), samples.percentile(95)));
    }
}

package dev.fleetrunner.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The console's pages while much runs and very much is past: what they weigh, and how soon the service has them. */
final class ConsolePages implements Measurement {
    private static final int CALLERS = 8;
    private static final int OF_A_CASE = 20;
    private static final double TARGET_MS = 150;
    private static final int TARGET_KB = 100;
    private static final double BYTES_PER_KB = 1000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String RUNNING =
            "{\"cmd\": [\"/bin/sh\", \"-c\", \"seq 100; exec sleep 3600\"], \"resources\": {\"memory\": \"16Mi\"}}";

    @Override
    public String title() {
        return "The console's pages";
    }

    @Override
    public String method() {
        return "Many tasks run, each in a container of its own, and 10,000 more have ended (they waited and were "
                + "cancelled). *Weight* is what a browser that comes for the first time loads for a page, headers "
                + "included, as Chromium counts it. *Time* is a request for the page's document over a kept connection, "
                + "to its last byte, one after another, while the service goes on looking after what runs. The page of the containers "
                + "asks the engine for all there are; it is held against the engine's own list.";
    }

    @Override
    public boolean onEachEngine() {
        return false;
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int running = stage.size().running();
        int past = stage.size().queued();
        var settings = Map.of(
                "FLEET_MAX_CONCURRENT", Integer.toString(running), "FLEET_QUEUE_SIZE", Integer.toString(2 * past));
        try (var service = Service.start(stage, engine, stage.plain(), settings)) {
            Rest rest = service.rest();
            List<String> ids = each(running, i -> rest.submit(RUNNING));
            while (Rest.fields(rest.get("/api/v1/tasks?status=running&limit=1000"), "id")
                            .size()
                    < running) {
                Thread.sleep(500);
            }
            each(past, i -> {
                rest.cancel(rest.submit(waiting(i / OF_A_CASE)));
                return "";
            });
            List<Row> rows = new ArrayList<>();
            for (var page : pages(ids.get(0)).entrySet()) {
                rows.add(row(stage, service, page.getKey(), page.getValue()));
            }
            rows.add(containers(stage, service, engine));
            rows.add(Row.reported(
                    "… meanwhile, with " + running + " running",
                    engine.name(),
                    String.format(Locale.ROOT, "RSS %.0f MB", service.rssMiB()),
                    Row.NONE,
                    String.format(Locale.ROOT, "live heap %.0f MB", Memory.liveHeapMiB(service.pid()))));
            return rows;
        }
    }

    private static Map<String, String> pages(String id) {
        var pages = new LinkedHashMap<String, String>();
        pages.put("Overview", "/");
        pages.put("Tasks", "/tasks");
        pages.put("Tasks of one status and label", "/tasks?status=cancelled&label=n=1");
        pages.put("A task, running", "/tasks/" + id);
        pages.put("New task", "/tasks/new");
        pages.put("A case of 20 tasks", "/cases/case-1");
        pages.put("Audit", "/audit");
        pages.put("System", "/system");
        return pages;
    }

    private static Row row(Stage stage, Service service, String name, String path) throws Exception {
        Samples samples = times(stage, () -> service.rest().get(path));
        boolean overview = path.equals("/");
        int weight = weight(service, path);
        return new Row(
                name,
                Row.NONE,
                kilobytes(weight),
                Row.NONE,
                words(samples),
                (overview ? "under " + TARGET_KB + " kB, " : "")
                        + String.format(Locale.ROOT, "p95 under %.0f ms", TARGET_MS),
                Verdict.of(samples.percentile(95) < TARGET_MS && (!overview || weight < TARGET_KB * BYTES_PER_KB)));
    }

    /** This page asks the engine for all of its containers, and cannot be there before the engine has answered. */
    private static Row containers(Stage stage, Service service, Engine engine) throws Exception {
        Samples ours = times(stage, () -> service.rest().get("/containers"));
        Samples bare = times(stage, () -> engine.containersOf(service.instance()));
        return Row.reported(
                "Containers",
                engine.name(),
                kilobytes(weight(service, "/containers")) + ", " + words(ours),
                words(bare) + " (the engine's own list)",
                String.format(Locale.ROOT, "%.2f×", ours.median() / bare.median()));
    }

    private static int weight(Service service, String path) throws Exception {
        try (var browser = Chromium.signedIn(service.rest())) {
            return browser.weight(path);
        }
    }

    private static String kilobytes(int bytes) {
        return String.format(Locale.ROOT, "%.1f kB in all", bytes / BYTES_PER_KB);
    }

    private static String words(Samples samples) {
        return String.format(Locale.ROOT, "p50 %.0f ms, p95 %.0f ms", samples.median(), samples.percentile(95));
    }

    private static Samples times(Stage stage, Callable<?> request) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < stage.size().warmUp() + stage.size().runs(); i++) {
            long start = System.nanoTime();
            request.call();
            if (i >= stage.size().warmUp()) {
                times.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            }
        }
        return Samples.of(times);
    }

    private static String waiting(int number) {
        return "{\"cmd\": [\"true\"], \"labels\": {\"n\": \"" + number % 10 + "\"}, \"context\": {\"case_id\": \"case-"
                + number + "\", \"task_id\": \"dev-impl\"}, \"timeouts\": {\"queueSec\": 86400}}";
    }

    /** Does something so many times, a few of them at once. */
    private static List<String> each(int times, Work work) throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<String> done = new ArrayList<>();
            for (var one : callers.invokeAll(IntStream.range(0, times)
                    .mapToObj(i -> (Callable<String>) () -> work.done(i))
                    .toList())) {
                done.add(one.get());
            }
            return done;
        } finally {
            callers.shutdown();
        }
    }

    private interface Work {
        String done(int number) throws Exception;
    }
}

package dev.fleetrunner.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the service takes before it has anything to do: time until it is ready, and memory. */
final class Footprint implements Measurement {
    private static final double READY_TARGET = 2;
    private static final double RSS_TARGET = 250;
    private static final double MILLIS_PER_SECOND = 1000;

    @Override
    public String title() {
        return "Start and idle memory";
    }

    @Override
    public String method() {
        return "From the start of the process to the first 200 of `/q/health/ready`, with an empty data directory, and "
                + "`VmRSS` some seconds later, with the options of `java.options`. The two kinds of start take "
                + "turns. `scripts/aot-cache` makes the cache.";
    }

    @Override
    public boolean onEachEngine() {
        return false;
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        List<Launch> launches = new ArrayList<>(List.of(stage.plain()));
        stage.cached().ifPresent(launches::add);
        List<List<Double>> ready = new ArrayList<>();
        List<List<Double>> rss = new ArrayList<>();
        launches.forEach(launch -> {
            ready.add(new ArrayList<>());
            rss.add(new ArrayList<>());
        });
        for (int round = 0; round < stage.size().rounds(); round++) {
            for (int i = 0; i < launches.size(); i++) {
                try (var service = Service.start(stage, engine, launches.get(i), Map.of())) {
                    Thread.sleep((long) (stage.size().idleSeconds() * MILLIS_PER_SECOND));
                    ready.get(i).add(service.secondsToReady());
                    rss.get(i).add(service.rssMiB());
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < launches.size(); i++) {
            String name = launches.get(i).name();
            rows.add(start(name, Samples.of(ready.get(i)), i > 0));
            rows.add(memory(name, Samples.of(rss.get(i))));
        }
        if (stage.cached().isEmpty()) {
            rows.add(Row.notMeasured("Ready, Java 25 with the AOT cache", Row.NONE, "no JDK 25 here (`JAVA_HOME_25`)"));
        }
        return rows;
    }

    private static Row start(String name, Samples seconds, boolean held) {
        String values = String.format(Locale.ROOT, "p50 %.2f s, p95 %.2f s", seconds.median(), seconds.percentile(95));
        String figure = String.format(Locale.ROOT, "%.2f s", seconds.median());
        return held
                ? new Row(
                        "Ready, " + name,
                        Row.NONE,
                        values,
                        Row.NONE,
                        figure,
                        String.format(Locale.ROOT, "under %.0f s", READY_TARGET),
                        Verdict.of(seconds.median() < READY_TARGET))
                : Row.reported("Ready, " + name, Row.NONE, values, Row.NONE, figure);
    }

    private static Row memory(String name, Samples megabytes) {
        return new Row(
                "Idle RSS, " + name,
                Row.NONE,
                String.format(Locale.ROOT, "p50 %.0f MB, p95 %.0f MB", megabytes.median(), megabytes.percentile(95)),
                Row.NONE,
                String.format(Locale.ROOT, "%.0f MB", megabytes.median()),
                String.format(Locale.ROOT, "under %.0f MB", RSS_TARGET),
                Verdict.of(megabytes.median() < RSS_TARGET));
    }
}

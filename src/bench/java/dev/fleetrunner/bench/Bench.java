package dev.fleetrunner.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs the measurements that are asked for, one after another, and writes the report. */
final class Bench {
    private static final List<Measurement> ALL = List.of(
            new SameTask(),
            new OwnTime(),
            new Throughput(),
            new LineLatency(),
            new LargeLog(),
            new Footprint(),
            new LongQueue(),
            new Takeover(),
            new KeptCache(),
            new ConsolePages(),
            new WatchedLog());

    private final Stage stage;
    private final PrintStream progress = System.err;
    private final TreeMap<Integer, List<Row>> rows = new TreeMap<>();
    private boolean failed;

    private Bench(Stage stage) {
        this.stage = stage;
    }

    /** Settings come in the environment, from {@code scripts/bench}; the exit code is 1 if something could not be measured. */
    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        var bench = new Bench(Stage.of(environment));
        bench.run(chosen(environment.getOrDefault("ONLY", "")), Path.of(environment.get("BENCH_REPORT")));
        System.exit(bench.failed ? 1 : 0);
    }

    private static TreeMap<Integer, Measurement> chosen(String only) {
        TreeMap<Integer, Measurement> all = new TreeMap<>();
        ALL.forEach(measurement -> all.put(all.size() + 1, measurement));
        if (!only.isEmpty()) {
            if (!only.matches("[1-9][0-9]?(,[1-9][0-9]?)*")) {
                throw new IllegalArgumentException(
                        "ONLY must be numbers from 1 to " + ALL.size() + ", as in 1,3, and is " + only);
            }
            all.keySet()
                    .retainAll(
                            Arrays.stream(only.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
        }
        return all;
    }

    private void run(TreeMap<Integer, Measurement> chosen, Path document) throws IOException, InterruptedException {
        double before = Machine.load();
        if (Machine.busy(before)) {
            progress.println("The machine is busy (load average " + before + "): the figures will mean little.");
        }
        chosen.forEach(this::measure);
        var report = new Report(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Machine.description(),
                engines(),
                before,
                Machine.load(),
                stage.size());
        Files.writeString(document, report.write(chosen, rows));
        Report.table(rows).forEach(System.out::println);
        progress.println("written to " + document);
    }

    private void measure(int number, Measurement measurement) {
        List<Row> found = new ArrayList<>();
        for (Engine engine :
                measurement.onEachEngine() ? stage.engines() : stage.engines().subList(0, 1)) {
            progress.println(number + ". " + measurement.title() + " (" + engine.name() + ")");
            try {
                found.addAll(measurement.measure(stage, engine));
            } catch (Exception e) {
                failed = true;
                progress.println("   could not be measured:");
                e.printStackTrace(progress);
                found.add(Row.notMeasured(measurement.title(), engine.name(), "failed: see the output of the run"));
            }
        }
        rows.put(number, found);
    }

    private String engines() throws IOException {
        List<String> versions = new ArrayList<>();
        for (Engine engine : stage.engines()) {
            versions.add(engine.name() + " " + engine.version());
        }
        return String.join("; ", versions);
    }
}

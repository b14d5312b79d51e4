package dev.fleetrunner.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a line takes from the container to somebody who watches. */
final class LineLatency implements Measurement {
    private static final double TARGET_MS = 100;

    @Override
    public String title() {
        return "A line from the container to the watcher";
    }

    @Override
    public String method() {
        return "A task writes its clock (`date +%s%N`) about forty times a second, after a second in which the watcher "
                + "connects; the watcher reads `/logs` as server-sent events and looks at the same clock when the event "
                + "is there. The line is in the log's file before it is sent.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int lines = stage.size().lines();
        String spec = "{\"cmd\": [\"/bin/sh\", \"-c\", \"sleep 1; i=0; while [ $i -lt " + lines
                + " ]; do date +%s%N; sleep 0.025; i=$((i+1)); done\"]}";
        try (var service = Service.start(stage, engine, stage.plain(), Map.of())) {
            Rest rest = service.rest();
            for (int i = 0; i < stage.size().warmUp(); i++) {
                rest.pass(SameTask.SPEC);
            }
            String id = rest.submit(spec);
            Samples samples = Samples.of(watch(rest, id));
            rest.awaitPassed(id);
            if (samples.sorted().length != lines) {
                throw new IOException(samples.sorted().length + " of " + lines + " lines came");
            }
            double p99 = samples.percentile(99);
            return List.of(new Row(
                    lines + " lines, written to received",
                    engine.name(),
                    String.format(Locale.ROOT, "p50 %.1f ms, p95 %.1f ms", samples.median(), samples.percentile(95)),
                    Row.NONE,
                    String.format(Locale.ROOT, "p99 %.1f ms", p99),
                    String.format(Locale.ROOT, "p99 under %.0f ms", TARGET_MS),
                    Verdict.of(p99 < TARGET_MS)));
        }
    }

    private static List<Double> watch(Rest rest, String id) throws IOException, InterruptedException {
        var clocks = new Clocks();
        try (var events =
                new BufferedReader(new InputStreamReader(rest.log(id, "text/event-stream"), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null && !line.equals("event:end"); line = events.readLine()) {
                clocks.read(line);
            }
        }
        return clocks.milliseconds();
    }
}

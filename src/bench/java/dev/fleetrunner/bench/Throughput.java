package dev.fleetrunner.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many short tasks, eight at once. */
final class Throughput implements Measurement {
    private static final String AT_ONCE = "8";
    private static final double TARGET = 1.0;
    private static final double MILLIS_PER_SECOND = 1000;

    @Override
    public String title() {
        return "Many tasks `true`, 8 at once";
    }

    @Override
    public String method() {
        return "All tasks handed in at once to a service with `fleet.max-concurrent=8`, until the last result is durable, "
                + "against `xargs -P 8` over the engine's `run --rm`. In turns, medians.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int tasks = stage.size().tasks();
        Path lines = Files.createTempFile("bench", ".lines");
        Files.writeString(lines, "x\n".repeat(tasks));
        List<String> xargs = new ArrayList<>(List.of("xargs", "-P", AT_ONCE, "-I", "{}"));
        xargs.addAll(engine.run(List.of("--rm"), stage.image(), "true"));
        try (var service = Service.start(stage, engine, stage.plain(), Map.of("FLEET_MAX_CONCURRENT", AT_ONCE))) {
            Rest rest = service.rest();
            all(rest, stage.size().warmUp());
            Turns turns = Turns.of(
                    stage.size().rounds(),
                    service::settle,
                    () -> all(rest, tasks),
                    () -> Command.run(xargs, new File(lines.toString())));
            double ours = MILLIS_PER_SECOND * tasks / turns.ours().median();
            double theirs = MILLIS_PER_SECOND * tasks / turns.theirs().median();
            return List.of(new Row(
                    tasks + " tasks `true`, 8 at once",
                    engine.name(),
                    String.format(Locale.ROOT, "%.1f tasks/s", ours),
                    String.format(Locale.ROOT, "%.1f tasks/s (`xargs -P 8 %s run`)", theirs, engine.name()),
                    String.format(Locale.ROOT, "%.2f×", ours / theirs),
                    String.format(Locale.ROOT, "at least %.1f×", TARGET),
                    Verdict.of(ours / theirs >= TARGET)));
        } finally {
            Files.delete(lines);
        }
    }

    private static void all(Rest rest, int tasks) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            ids.add(rest.submit(SameTask.SPEC));
        }
        for (String id : ids) {
            rest.awaitPassed(id);
        }
    }
}

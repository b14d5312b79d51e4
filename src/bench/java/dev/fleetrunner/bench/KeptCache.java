package dev.fleetrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a cache mount saves the second task: the Go and the Maven example, with an empty cache and with what the first left. */
final class KeptCache implements Measurement {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String CACHE = "(\"type\": *\"cache\", *\"source\": *\")[^\"]*";

    @Override
    public String title() {
        return "The second run with a cache";
    }

    @Override
    public String method() {
        return "`examples/go/pass.json` and `examples/java/pass.json` as they are, but with a new cache each round: the "
                + "first task finds it empty, the second finds what the first left. From the request to the durable "
                + "result; medians over the rounds. Go keeps what it has compiled, Maven the project's classes; "
                + "neither task has a network.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        try (var service = Service.start(stage, engine, stage.plain(), Map.of())) {
            return List.of(
                    row(stage, engine, service.rest(), "Go", Path.of("examples/go/pass")),
                    row(stage, engine, service.rest(), "Maven", Path.of("examples/java/pass")));
        }
    }

    private static Row row(Stage stage, Engine engine, Rest rest, String tool, Path project)
            throws IOException, InterruptedException {
        String spec = Files.readString(project.resolveSibling(project.getFileName() + ".json"));
        rest.upload(project);
        List<Double> empty = new ArrayList<>();
        List<Double> filled = new ArrayList<>();
        for (int round = 0; round < stage.size().rounds(); round++) {
            String fresh = spec.replaceFirst(CACHE, "$1bench-" + System.nanoTime());
            empty.add(seconds(rest, fresh));
            filled.add(seconds(rest, fresh));
        }
        double first = Samples.of(empty).median();
        double second = Samples.of(filled).median();
        return new Row(
                "The " + tool + " example once more",
                engine.name(),
                String.format(Locale.ROOT, "%.1f s", second),
                String.format(Locale.ROOT, "%.1f s (with an empty cache)", first),
                String.format(Locale.ROOT, "%.2f×", second / first),
                "under 1.0×",
                Verdict.of(second < first));
    }

    private static double seconds(Rest rest, String spec) throws IOException, InterruptedException {
        long start = System.nanoTime();
        rest.pass(spec);
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
}

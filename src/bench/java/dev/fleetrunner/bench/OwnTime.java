package dev.fleetrunner.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is left of a task's time when the engine's part is taken away. */
final class OwnTime implements Measurement {
    private static final double TARGET_MS = 15;

    @Override
    public String title() {
        return "Our own time in a task `true`";
    }

    @Override
    public String method() {
        return "The time of the request, less that of the engine calls alone. The calls of one task are recorded on their "
                + "way to the engine and made again over the unix socket for an equal container, in turns with tasks; the "
                + "figure is the median of the differences of neighbours. In it: reading and checking the spec, the "
                + "journal's and the log's writes to disk, HTTP on both sides, waiting for one another. Not in it: what "
                + "the engine does for the calls, among them those that only our way of working needs (the volumes' "
                + "owner, the look at the init volume), and the removal, which comes after the result.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        try (var proxy = new RecordingProxy(engine.socket());
                var service = Service.start(
                        stage,
                        new Engine(engine.name(), proxy.socket(), engine.command()),
                        stage.plain(),
                        Map.of("FLEET_MAX_CONCURRENT", "1"))) {
            service.rest().pass(SameTask.SPEC);
            service.settle();
            proxy.take();
            String task = Rest.field(service.rest().pass(SameTask.SPEC), "id");
            try (var bare = BareSequence.of(engine, proxy.take(), task, service.instance())) {
                service.settle();
                System.err.println("   the calls: " + bare.steps());
                return List.of(compare(stage, engine, bare));
            }
        }
    }

    private Row compare(Stage stage, Engine engine, BareSequence bare) throws Exception {
        try (var service = Service.start(stage, engine, stage.plain(), Map.of())) {
            Rest rest = service.rest();
            for (int i = 0; i < stage.size().warmUp(); i++) {
                rest.pass(SameTask.SPEC);
                bare.run();
            }
            Turns turns = Turns.of(
                    stage.size().runs(),
                    () -> {
                        service.settle();
                        bare.removeMade();
                    },
                    () -> rest.pass(SameTask.SPEC),
                    bare::run);
            double own = turns.differences().median();
            return new Row(
                    title(),
                    engine.name(),
                    turns.ours().milliseconds(),
                    turns.theirs().milliseconds() + " (" + bare.size() + " bare calls)",
                    String.format(
                            Locale.ROOT,
                            "%.1f ms, p95 %.1f ms",
                            own,
                            turns.differences().percentile(95)),
                    String.format(Locale.ROOT, "p50 under %.0f ms", TARGET_MS),
                    Verdict.of(own < TARGET_MS));
        }
    }
}

package dev.fleetrunner.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One short task through the service, and by the engine's own command. */
final class SameTask implements Measurement {
    private static final double PODMAN_TARGET = 0.8;
    private static final double DOCKER_TARGET = 1.1;
    static final String SPEC = "{\"cmd\": [\"true\"]}";

    @Override
    public String title() {
        return "One task `true`, from the request to the durable result";
    }

    @Override
    public String method() {
        return "`POST /api/v1/tasks?wait=300` over a kept connection, against `podman run --rm` and `docker run --rm` of "
                + "the same image with the same user, volumes, capabilities, limits and network, each a new process as "
                + "people start it. In turns. Before each run all containers of the one before are gone: the service "
                + "answers when the result is durable and removes the container afterwards, `run --rm` removes it before "
                + "it returns. That is in the ratio; it is work that the caller of the service does not wait for.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        var command = engine.run(List.of("--rm"), stage.image(), "true");
        try (var service = Service.start(stage, engine, stage.plain(), Map.of())) {
            Rest rest = service.rest();
            for (int i = 0; i < stage.size().warmUp(); i++) {
                rest.pass(SPEC);
            }
            Command.run(command);
            Turns turns =
                    Turns.of(stage.size().runs(), service::settle, () -> rest.pass(SPEC), () -> Command.run(command));
            double target = engine.isPodman() ? PODMAN_TARGET : DOCKER_TARGET;
            return List.of(new Row(
                    title(),
                    engine.name(),
                    turns.ours().milliseconds(),
                    turns.theirs().milliseconds() + " (`" + engine.name() + " run`)",
                    String.format(Locale.ROOT, "%.2f×", turns.ratio()),
                    String.format(Locale.ROOT, "at most %.1f×", target),
                    Verdict.of(turns.ratio() <= target)));
        }
    }
}

package dev.fleetrunner.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A log that is far larger than any buffer, taken in and given out under a small heap. */
final class LargeLog implements Measurement {
    private static final double TARGET = 0.5;
    private static final long MIB = 1 << 20;
    /** 99 characters as programs write them; no quotation marks. */
    private static final String LINE =
            "INFO  example.Worker - item 4711 of batch 12 took 35 ms, 1234 are left, the next begins in 200 ms .";

    private static final int BUFFER = 65_536;
    private static final double MASKING_COSTS_AT_MOST = 1.1;
    /** The difference is smaller than what two runs of the same task differ by. */
    private static final int MASKING_ROUNDS = 4;

    private static final Map<String, String> SECRETS = Map.of(
            "FLEET_POLICY_FILE",
            Path.of("src/bench/policy.yaml").toAbsolutePath().toString(),
            "FLEET_SECRETS_ENV_PREFIX",
            "BENCH_SECRET_",
            "BENCH_SECRET_token",
            "a secret of some thirty bytes!");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1000;

    @Override
    public String title() {
        return "A large log with a heap of 256 MB";
    }

    @Override
    public String method() {
        return "The service runs with `-Xmx256m`. A task writes lines of 100 bytes as fast as it may. *In*: bytes by the "
                + "whole time of the task, from the request to the durable result. *Out*: `/logs` as text, from the "
                + "request to the last byte, when the task is over. Both against the rate of `podman logs` or `docker "
                + "logs` into `/dev/null`, reading the same bytes of a container with the same log driver. *Out* is "
                + "measured in turns with it; *in* runs before, and the engine's own `run` of the same command is told "
                + "for comparison. *With a secret*: the same task with a secret that is masked and does not occur, in turns with "
                + "the task without, four times as often.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        long bytes = stage.size().logMiB() * MIB;
        String writes = "yes '" + LINE + "' | head -c " + bytes;
        String spec = "{\"cmd\": [\"/bin/sh\", \"-c\", \"" + writes + "\"]}";
        String name = "fleetrunner-bench-" + ProcessHandle.current().pid();
        var options = List.of(
                "--name",
                name,
                "--log-driver",
                engine.isPodman() ? "k8s-file" : "local",
                "--log-opt",
                "max-size=" + 2 * bytes);
        try (var service = Service.start(stage, engine, stage.plain().with("-Xmx256m"), SECRETS)) {
            Rest rest = service.rest();
            for (int i = 0; i < stage.size().warmUp(); i++) {
                rest.pass(SameTask.SPEC);
            }
            List<Double> intake = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < stage.size().rounds(); i++) {
                service.settle();
                long start = System.nanoTime();
                ids.add(Rest.field(rest.pass(spec), "id"));
                intake.add(rate(bytes, seconds(start)));
            }
            String masked = spec.replaceFirst("\\{", "{\"env\": {\"TOKEN\": {\"secretRef\": \"token\"}}, ");
            Turns masking = Turns.of(
                    MASKING_ROUNDS * stage.size().rounds(),
                    service::settle,
                    () -> rest.pass(masked),
                    () -> rest.pass(spec));
            service.settle();
            long start = System.nanoTime();
            Command.run(engine.run(options, stage.image(), "/bin/sh", "-c", writes));
            double bare = rate(bytes, seconds(start));
            Turns turns = Turns.of(
                    stage.size().rounds(),
                    () -> {},
                    () -> download(rest, ids.get(0), bytes),
                    () -> Command.run(engine.words("logs", name)));
            double theirs = rate(bytes, turns.theirs().median() / MILLIS_PER_SECOND);
            double out = rate(bytes, turns.ours().median() / MILLIS_PER_SECOND);
            String memory = String.format(Locale.ROOT, ", RSS %.0f MB after it", service.rssMiB());
            String what = stage.size().logMiB() + " MB of log, ";
            return List.of(
                    row(
                            what + "in",
                            engine,
                            Samples.of(intake).median(),
                            theirs,
                            String.format(Locale.ROOT, ", `run` itself %.0f MB/s", bare)),
                    row(what + "out" + memory, engine, out, theirs, ""),
                    masked(what + "with a secret", engine, masking));
        } finally {
            Command.run(engine.words("rm", "-f", "-v", name));
        }
    }

    private static Row row(String what, Engine engine, double ours, double theirs, String more) {
        return new Row(
                what,
                engine.name(),
                String.format(Locale.ROOT, "%.0f MB/s", ours),
                String.format(Locale.ROOT, "%.0f MB/s (`%s logs`)%s", theirs, engine.name(), more),
                String.format(Locale.ROOT, "%.2f×", ours / theirs),
                String.format(Locale.ROOT, "at least %.1f×", TARGET),
                Verdict.of(ours / theirs >= TARGET));
    }

    private static Row masked(String what, Engine engine, Turns turns) {
        return new Row(
                what,
                engine.name(),
                turns.ours().milliseconds(),
                turns.theirs().milliseconds() + " (without one)",
                String.format(Locale.ROOT, "%.2f×", turns.ratio()),
                String.format(Locale.ROOT, "at most %.1f×", MASKING_COSTS_AT_MOST),
                Verdict.of(turns.ratio() <= MASKING_COSTS_AT_MOST));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    private static double rate(long bytes, double seconds) {
        return bytes / seconds / MIB;
    }

    private static void download(Rest rest, String id, long expected) throws IOException, InterruptedException {
        long read = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream log = rest.log(id, "text/plain")) {
            for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
                read += count;
            }
        }
        if (read != expected) {
            throw new IOException(read + " of " + expected + " bytes of the log came");
        }
    }
}

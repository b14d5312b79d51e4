package dev.fleetrunner.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Running tasks outlive the service: how soon it follows them again, and whether a line is missing. */
final class Takeover implements Measurement {
    private static final double TARGET_SECONDS = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String title() {
        return "Takeover after `kill -9`";
    }

    @Override
    public String method() {
        return "So many tasks write a number five times a second; when all have begun, the service is killed with "
                + "`kill -9` and started again. The time is from the start of the new process until from every task "
                + "newer numbers come than when it was first looked at. At the end each log must hold every number "
                + "once, in order.";
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int tasks = stage.size().takenOver();
        int lines = stage.size().takeoverLines();
        String spec = "{\"cmd\": [\"/bin/sh\", \"-c\", \"i=0; while [ $i -lt " + lines
                + " ]; do echo $i; sleep 0.2; i=$((i+1)); done\"]}";
        try (var service =
                Service.start(stage, engine, stage.plain(), Map.of("FLEET_MAX_CONCURRENT", Integer.toString(tasks)))) {
            Rest rest = service.rest();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                ids.add(rest.submit(spec));
            }
            awaitNewer(rest, ids);
            service.kill();
            long start = System.nanoTime();
            service.restart();
            awaitNewer(service.rest(), ids);
            final double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            int damaged = 0;
            for (String id : ids) {
                service.rest().awaitPassed(id);
                damaged += whole(service.rest(), id, lines) ? 0 : 1;
            }
            String what = "Takeover of " + tasks + " tasks";
            return List.of(
                    new Row(
                            what,
                            engine.name(),
                            String.format(Locale.ROOT, "ready after %.1f s", service.secondsToReady()),
                            Row.NONE,
                            String.format(Locale.ROOT, "%.1f s", seconds),
                            String.format(Locale.ROOT, "under %.0f s", TARGET_SECONDS),
                            Verdict.of(seconds < TARGET_SECONDS)),
                    new Row(
                            "… with every line once",
                            engine.name(),
                            tasks + " logs of " + lines + " lines",
                            Row.NONE,
                            damaged + " damaged",
                            "0 damaged",
                            Verdict.of(damaged == 0)));
        }
    }

    /** Waits until every log has a number, and then a newer one than was seen first. */
    private static void awaitNewer(Rest rest, List<String> ids) throws IOException, InterruptedException {
        Map<String, String> first = new HashMap<>();
        List<String> left = new ArrayList<>(ids);
        while (!left.isEmpty()) {
            for (String id : List.copyOf(left)) {
                String last = lastLine(rest, id);
                String before = last.isEmpty() ? last : first.putIfAbsent(id, last);
                if (before != null && !before.equals(last)) {
                    left.remove(id);
                }
            }
            Thread.sleep(20);
        }
    }

    private static String lastLine(Rest rest, String id) throws IOException, InterruptedException {
        String task = rest.get("/api/v1/tasks/" + id);
        if (!task.contains("\"running\"") && !task.contains("\"pending\"")) {
            throw new IOException("the task ended too early: " + task);
        }
        return Rest.field(task, "phase").equals("running") ? rest.get("/api/v1/tasks/" + id + "/logs?tail=1") : "";
    }

    private static boolean whole(Rest rest, String id, int lines) throws IOException, InterruptedException {
        var expected = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            expected.append(i).append('\n');
        }
        try (var log = rest.log(id, "text/plain")) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8).contentEquals(expected);
        }
    }
}

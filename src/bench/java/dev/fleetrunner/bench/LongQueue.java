package dev.fleetrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A queue of ten thousand tasks: accepted, remembered through a crash, and cheap to keep. */
final class LongQueue implements Measurement {
    private static final int CALLERS = 8;
    private static final int HEAP_MB = 256;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int KIB = 1024;
    /** The shipped policy lets nobody have as many waiting. */
    private static final String POLICY =
            """
            profiles:
              queue:
                images: {allow: ["*"]}
            rules:
              - name: everyone
                profile: queue
            """;

    private static final String BLOCKER = "{\"cmd\": [\"sleep\", \"3600\"]}";
    private static final String WAITING = "{\"cmd\": [\"true\"], \"timeouts\": {\"queueSec\": 86400}}";

    @Override
    public String title() {
        return "A long queue";
    }

    @Override
    public String method() {
        return "One task holds the only place of a service with `-Xmx256m`; the others are handed in by 8 callers at once, "
                + "each accepted when it is durable. They are counted over the list; then the service is killed with "
                + "`kill -9` and started again, and they are counted again. Live heap is what a full collection leaves.";
    }

    @Override
    public boolean onEachEngine() {
        return false;
    }

    @Override
    public List<Row> measure(Stage stage, Engine engine) throws Exception {
        int tasks = stage.size().queued();
        Path policy = Files.writeString(stage.work().resolve("policy.yaml"), POLICY);
        var settings = Map.of(
                "FLEET_MAX_CONCURRENT",
                "1",
                "FLEET_QUEUE_SIZE",
                Integer.toString(2 * tasks),
                "FLEET_POLICY_FILE",
                policy.toString());
        try (var service = Service.start(stage, engine, stage.plain().with("-Xmx" + HEAP_MB + "m"), settings)) {
            Rest rest = service.rest();
            rest.submit(BLOCKER);
            for (int i = 0; i < stage.size().warmUp(); i++) {
                rest.submit(WAITING);
            }
            final double rssBefore = service.rssMiB();
            final double heapBefore = Memory.liveHeapMiB(service.pid());
            long start = System.nanoTime();
            Set<String> accepted = submit(rest, tasks);
            final double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            final double rssAfter = service.rssMiB();
            final double heapAfter = Memory.liveHeapMiB(service.pid());
            final int listed = known(rest, accepted);
            service.kill();
            service.restart();
            final int listedAgain = known(service.rest(), accepted);
            return List.of(
                    Row.reported(
                            tasks + " tasks accepted",
                            Row.NONE,
                            String.format(Locale.ROOT, "%.1f s", seconds),
                            Row.NONE,
                            String.format(Locale.ROOT, "%.0f tasks/s", tasks / seconds)),
                    new Row(
                            "… of which none is lost",
                            Row.NONE,
                            listed + " listed, " + listedAgain + " after `kill -9` and a start",
                            Row.NONE,
                            (tasks - Math.min(listed, listedAgain)) + " lost",
                            "0 lost",
                            Verdict.of(listed == tasks && listedAgain == tasks)),
                    new Row(
                            "… in bounded memory",
                            Row.NONE,
                            String.format(
                                    Locale.ROOT,
                                    "live heap %.0f → %.0f MB, RSS %.0f → %.0f MB",
                                    heapBefore,
                                    heapAfter,
                                    rssBefore,
                                    rssAfter),
                            Row.NONE,
                            String.format(
                                    Locale.ROOT, "%.1f KiB of heap a task", (heapAfter - heapBefore) * KIB / tasks),
                            "live heap under half of " + HEAP_MB + " MB",
                            Verdict.of(heapAfter < HEAP_MB / 2.0)));
        }
    }

    private static Set<String> submit(Rest rest, int tasks) throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            Set<String> accepted = new HashSet<>();
            for (var id : callers.invokeAll(IntStream.range(0, tasks)
                    .mapToObj(i -> (Callable<String>) () -> rest.submit(WAITING))
                    .toList())) {
                accepted.add(id.get());
            }
            return accepted;
        } finally {
            callers.shutdown();
        }
    }

    /** How many of these the list has, as waiting or running. */
    private static int known(Rest rest, Set<String> accepted) throws IOException, InterruptedException {
        Set<String> found = new HashSet<>();
        String cursor = "";
        do {
            String page = rest.get("/api/v1/tasks?status=pending,running&limit=1000" + cursor);
            found.addAll(Rest.fields(page, "id"));
            var next = Rest.fields(page, "nextCursor");
            cursor = next.isEmpty() ? "" : "&cursor=" + next.get(0);
        } while (!cursor.isEmpty());
        found.retainAll(accepted);
        return found.size();
    }
}

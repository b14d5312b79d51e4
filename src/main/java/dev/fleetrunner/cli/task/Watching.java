package dev.fleetrunner.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Service;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows who waits at a terminal what is done for a task: its place in the queue, its image on the way, its time. */
public final class Watching {
    private static final long EVERY_MILLIS = 500;

    private final Service service;
    private final Screen screen;
    private final String id;
    private final boolean untilStarted;
    private ScheduledExecutorService timer;

    /**
     * For a task of a service.
     *
     * @param untilStarted whether it ends by itself when the command runs, which has the terminal from then on
     */
    public Watching(Service service, Screen screen, String id, boolean untilStarted) {
        this.service = service;
        this.screen = screen;
        this.id = id;
        this.untilStarted = untilStarted;
    }

    /** Does something that takes its time, and shows the task meanwhile if somebody looks on. */
    public <T> T during(Supplier<T> work) {
        if (!screen.shell().errIsTerminal()) {
            return work.get();
        }
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "watching");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            end();
        }
    }

    /** A failure ends it: whoever follows the task tells of it. */
    private void look() {
        JsonNode task = service.get(Address.ofTask(id, "")).tree();
        boolean begun = !"queued".equals(task.path("phase").asText())
                && !"preparing".equals(task.path("phase").asText());
        show(untilStarted && begun ? "" : line(task));
        if (untilStarted && begun) {
            end();
        }
    }

    private static String line(JsonNode task) {
        String progress = Json.text(task, "progress");
        String position = Json.text(task, "queuePosition");
        String more =
                progress != null ? ": " + progress : position != null ? ", place " + position + " in the queue" : "";
        String time = Words.between(Json.text(task, "queuedAt"), null);
        return Words.printable(Json.text(task, "id") + " " + Json.text(task, "phase") + more + " (" + time + ")");
    }

    private synchronized void show(String line) {
        if (!timer.isShutdown()) {
            screen.status(line);
        }
    }

    private synchronized void end() {
        timer.shutdownNow();
        screen.status("");
    }
}

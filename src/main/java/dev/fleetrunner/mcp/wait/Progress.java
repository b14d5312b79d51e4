package dev.fleetrunner.mcp.wait;

import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells a waiting client how far its task is: when that changes, and else each few seconds. */
final class Progress {
    private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Tasks tasks;
    private final ToolCall call;
    private final String taskId;
    private final long begin = System.nanoTime();
    private String told = "";
    private long toldAt = begin;

    Progress(Tasks tasks, ToolCall call, String taskId) {
        this.tasks = tasks;
        this.call = call;
        this.taskId = taskId;
    }

    /** Looks once. Never called again before it has completed. */
    Uni<Void> look() {
        return tasks.get(call.caller(), taskId).invoke(this::tell).replaceWithVoid();
    }

    private void tell(TaskView task) {
        String words = words(task);
        long now = System.nanoTime();
        if (words.equals(told) && now - toldAt < SILENCE_NANOS) {
            return;
        }
        told = words;
        toldAt = now;
        double seconds = TimeUnit.NANOSECONDS.toMillis(now - begin) / 1000.0;
        call.client().progress(seconds, null, words);
    }

    private static String words(TaskView task) {
        String place = task.queuePosition() == null ? "" : ", number " + task.queuePosition() + " in the queue";
        String progress = task.progress() == null ? "" : ": " + task.progress();
        return task.row().phase().word() + place + progress;
    }
}

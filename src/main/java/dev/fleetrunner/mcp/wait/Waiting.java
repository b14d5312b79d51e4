package dev.fleetrunner.mcp.wait;

import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import io.quarkiverse.mcp.server.Cancellation.OperationCancellationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for the end of a task. Meanwhile the client is told how it goes and sees its log's lines, and a client that goes
 * away ends the waiting, which leaves the task as it is.
 */
@Singleton
public class Waiting {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Tasks tasks;

    Waiting(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * The result as soon as the task is over, or empty after this time.
     *
     * @param fresh whether the call has just made the task, so that its client is to see the log from the first line on
     */
    public Uni<Optional<TaskResult>> end(ToolCall call, String taskId, Duration limit, boolean fresh) {
        Uni<Optional<TaskResult>> end = tasks.awaitResult(call.caller(), taskId, limit);
        if (limit.isZero()) {
            return end;
        }
        var told = new LogNotifications(tasks, call, taskId, fresh);
        return whileThere(call, end, new Progress(tasks, call, taskId)::look)
                .onSubscription()
                .invoke(told::begin)
                .onTermination()
                .invoke(told::end);
    }

    /** What is waited for, unless the client goes away before; then it is cancelled. */
    public <T> Uni<T> whileThere(ToolCall call, Uni<T> awaited) {
        return whileThere(call, awaited, () -> Uni.createFrom().voidItem());
    }

    private static <T> Uni<T> whileThere(ToolCall call, Uni<T> awaited, java.util.function.Supplier<Uni<Void>> look) {
        Uni<T> gone = Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> call.client().gone()
                        ? Uni.createFrom().failure(new OperationCancellationException())
                        : look.get())
                .onItem()
                .ignoreAsUni()
                .replaceWith(() -> null);
        return Uni.join().first(awaited, gone).toTerminate();
    }
}

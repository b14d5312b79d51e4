package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogWriter;
import io.smallrye.mutiny.Uni;

/** Ends logs that nobody writes (any more), so that whoever follows one comes to its end. */
public final class LogEnd {
    private LogEnd() {}

    /**
     * Seals a task's log as it is; an empty one if it never began. Nothing happens to one that is sealed or has a writer.
     * Fails with {@link java.io.UncheckedIOException}.
     */
    public static Uni<LogInfo> of(LogStore logs, String taskId) {
        return logs.open(taskId)
                .chain(LogWriter::seal)
                .onFailure(IllegalStateException.class)
                .recoverWithUni(() -> logs.info(taskId));
    }
}

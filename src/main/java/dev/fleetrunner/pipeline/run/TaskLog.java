package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.logs.GapReason;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.runtime.LogResume;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** A task's log as its run writes it. One that an earlier life of the runner has sealed is whole and takes no more. */
final class TaskLog {
    private static final long UNKNOWN = -1;

    private final LogStore logs;
    private final String taskId;
    /** Null if the log is sealed. */
    private final LogWriter writer;

    private TaskLog(LogStore logs, String taskId, LogWriter writer) {
        this.logs = logs;
        this.taskId = taskId;
        this.writer = writer;
    }

    /** Begins a log, or goes on with one that an earlier life has begun. Fails as {@link LogStore#open}. */
    static Uni<TaskLog> open(LogStore logs, String taskId) {
        return logs.info(taskId)
                .chain(info -> info.sealed() ? Uni.createFrom().<LogWriter>nullItem() : logs.open(taskId))
                .map(writer -> new TaskLog(logs, taskId, writer));
    }

    /** See {@link LogWriter#append}. */
    Uni<Void> append(Multi<LogChunk> output) {
        return writer == null ? output.onItem().ignoreAsUni() : writer.append(output);
    }

    private LogCursor cursor() {
        return writer == null ? LogCursor.START : writer.cursor();
    }

    /** Whether nothing of the output was ever written to it. */
    boolean isNew() {
        return writer != null && writer.cursor().equals(LogCursor.START);
    }

    /** Where a takeover goes on. */
    Uni<LogResume> resume() {
        LogCursor cursor = cursor();
        return logs.read(taskId, LogQuery.all().withTail(1))
                .toUni()
                .map(last -> new LogResume(cursor, last == null ? null : last.at()));
    }

    /** Records that the engine threw output away, nobody knows how much. */
    Uni<Void> gap() {
        return writer == null ? Uni.createFrom().voidItem() : writer.gap(GapReason.ROTATED, UNKNOWN);
    }

    /** Ends it; what there is to say about it. */
    Uni<LogInfo> seal() {
        return writer == null ? logs.info(taskId) : writer.seal();
    }

    /** Leaves it open for a successor. */
    Uni<Void> close() {
        return writer == null ? Uni.createFrom().voidItem() : writer.close();
    }
}

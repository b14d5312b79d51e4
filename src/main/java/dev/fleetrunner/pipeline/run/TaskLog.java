package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.logs.GapReason;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.secret.Masking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * A task's log as its run writes it, without the task's secrets. One that an earlier life of the runner has sealed is whole
 * and takes no more.
 */
final class TaskLog {
    private static final long UNKNOWN = -1;

    private final LogStore logs;
    private final String taskId;
    /** Null if the log is sealed. */
    private final LogWriter writer;

    private Masking masking = Masking.NONE;
    /** What of the next output is written already: a secret may lie across the place where a takeover goes on. */
    private LogCursor repeated = LogCursor.START;

    private boolean cut;

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

    /** What is kept out of it from now on. */
    void mask(Masking secrets) {
        masking = secrets;
    }

    /** See {@link LogWriter#append}. */
    Uni<Void> append(Multi<LogChunk> output) {
        if (writer == null) {
            return output.onItem().ignoreAsUni();
        }
        Multi<LogChunk> masked = cut ? masking.outputAfterGap(output) : masking.output(output, repeated);
        cut = false;
        repeated = LogCursor.START;
        return writer.append(masked);
    }

    private LogCursor cursor() {
        return writer == null ? LogCursor.START : writer.cursor();
    }

    /** Whether nothing of the output was ever written to it. */
    boolean isNew() {
        return writer != null && writer.cursor().equals(LogCursor.START);
    }

    /** Where a takeover goes on; the output that comes from there is what {@link #append} expects next. */
    Uni<LogResume> resume() {
        LogCursor end = cursor();
        LogCursor cursor = new LogCursor(
                Math.max(0, end.stdoutBytes() - masking.memory()), Math.max(0, end.stderrBytes() - masking.memory()));
        repeated = new LogCursor(end.stdoutBytes() - cursor.stdoutBytes(), end.stderrBytes() - cursor.stderrBytes());
        return logs.read(taskId, LogQuery.all().withTail(1))
                .toUni()
                .map(last -> new LogResume(cursor, last == null ? null : last.at()));
    }

    /** Records that the engine threw output away, nobody knows how much. */
    Uni<Void> gap() {
        cut = true;
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

package dev.fleetrunner.pipeline;

import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogLines;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogStream;
import io.smallrye.mutiny.Multi;

/** The log of a task that its reader may see. */
public final class OpenLog {
    private final LogStore store;
    private final String taskId;
    private final LogInfo info;

    OpenLog(LogStore store, String taskId, LogInfo info) {
        this.store = store;
        this.taskId = taskId;
        this.info = info;
    }

    /** How much of it there was when it was opened. */
    public LogInfo info() {
        return info;
    }

    /** As {@link LogStore#plain}. */
    public Multi<byte[]> plain(LogStream stream, long offset, long length) {
        return store.plain(taskId, stream, offset, length);
    }

    /** As {@link LogStore#read}. */
    public Multi<LogRecord> read(LogQuery query) {
        return store.read(taskId, query);
    }

    /** As {@link LogStore#follow}. */
    public Multi<LogRecord> follow(LogQuery query) {
        return store.follow(taskId, query);
    }

    /** As {@link LogStore#readLines}. */
    public Multi<LogLines> readLines(LogQuery query) {
        return store.readLines(taskId, query);
    }

    /** As {@link LogStore#followLines}. */
    public Multi<LogLines> followLines(LogQuery query) {
        return store.followLines(taskId, query);
    }
}

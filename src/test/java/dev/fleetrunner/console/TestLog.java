package dev.fleetrunner.console;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.logs.LogWriter;
import io.smallrye.mutiny.Multi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The log of a task that is over, written anew by a test; it is live until it is sealed. */
final class TestLog {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final LogWriter writer;

    private TestLog(LogWriter writer) {
        this.writer = writer;
    }

    static TestLog of(LogStore logs, String taskId) {
        return new TestLog(writer(logs, taskId));
    }

    /** Begins the log anew. A task may be over for a moment before its own log is ended. */
    static LogWriter writer(LogStore logs, String taskId) {
        Awaitility.await()
                .atMost(SOON)
                .ignoreException(IllegalStateException.class)
                .until(() -> logs.delete(taskId).replaceWith(true).await().atMost(SOON));
        return logs.open(taskId).await().atMost(SOON);
    }

    TestLog out(String text) {
        return append(LogStream.STDOUT, text);
    }

    TestLog err(String text) {
        return append(LogStream.STDERR, text);
    }

    /** Lines that each say their number. */
    TestLog numbered(int lines) {
        return out(lines(1, lines));
    }

    static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());
    }

    private TestLog append(LogStream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.append(Multi.createFrom().item(new LogChunk(stream, bytes, Instant.now())))
                .await()
                .atMost(SOON);
        return this;
    }

    void seal() {
        writer.seal().await().atMost(SOON);
    }
}

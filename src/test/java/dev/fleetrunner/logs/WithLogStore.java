package dev.fleetrunner.logs;

import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log store in a directory of its own, on two worker threads. */
abstract class WithLogStore {
    static final Duration SOON = Duration.ofSeconds(20);
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");
    static final String TASK = "01JTASK";

    @TempDir
    Path root;

    ExecutorService worker;
    LogStore store;

    @BeforeEach
    void openStore() {
        worker = Executors.newFixedThreadPool(2);
        store = storeWithCap(Long.MAX_VALUE);
    }

    @AfterEach
    void stopWorker() {
        worker.shutdownNow();
    }

    LogStore storeWithCap(long cap) {
        return new LogStore(root, worker, cap);
    }

    static LogChunk out(String text) {
        return new LogChunk(LogStream.STDOUT, text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    static LogChunk err(String text) {
        return new LogChunk(LogStream.STDERR, text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    LogWriter open() {
        return store.open(TASK).await().atMost(SOON);
    }

    static void append(LogWriter writer, LogChunk... chunks) {
        append(writer, List.of(chunks));
    }

    static void append(LogWriter writer, List<LogChunk> chunks) {
        writer.append(Multi.createFrom().iterable(chunks)).await().atMost(SOON);
    }

    static LogInfo seal(LogWriter writer) {
        return writer.seal().await().atMost(SOON);
    }

    /** A whole log: opened, written, sealed. */
    LogInfo log(LogChunk... chunks) {
        LogWriter writer = open();
        append(writer, chunks);
        return seal(writer);
    }

    /** A sealed log of the lines "line 1" to "line n". */
    void numbered(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= lines; i++) {
            text.append("line ").append(i).append('\n');
        }
        log(out(text.toString()));
    }

    LogInfo info() {
        return store.info(TASK).await().atMost(SOON);
    }

    List<LogRecord> read(LogQuery query) {
        return store.read(TASK, query).collect().asList().await().atMost(SOON);
    }

    List<String> texts(LogQuery query) {
        return read(query).stream().map(WithLogStore::text).toList();
    }

    static String text(LogRecord entry) {
        return entry instanceof LogRecord.Line line
                ? new String(line.bytes(), StandardCharsets.UTF_8)
                : "gap of " + ((LogRecord.Gap) entry).bytes();
    }

    byte[] plain(LogStream stream, long offset, long length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        store.plain(TASK, stream, offset, length)
                .collect()
                .asList()
                .await()
                .atMost(SOON)
                .forEach(all::writeBytes);
        return all.toByteArray();
    }

    byte[] plain(LogStream stream) {
        return plain(stream, 0, Long.MAX_VALUE);
    }

    List<String> fileLines() {
        try {
            return Files.readAllLines(info().file());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.fleetrunner.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * The writing end of a log file: cuts, caps, encodes and writes. Not thread-safe; belongs on the worker executor.
 *
 * <p>What the cap drops is dropped from there to the end, so that after a crash the container's output from the cursor on
 * leads to the same log and the same count.
 */
final class LogAppender {
    private final LogFile file;
    private final long cap;
    private final FileChannel channel;
    private final RecordEncoder encoder;
    private final RecordAssembler assembler;
    /** The log had its gap record before a crash: what comes now was counted then. */
    private final boolean counted;

    private LogState state;
    private long admitted;
    private long dropped;
    private boolean full;
    private UncheckedIOException broken;

    LogAppender(LogFile file, long cap) throws IOException {
        this.file = file;
        this.cap = cap;
        channel = file.openForWriting();
        state = file.load();
        admitted = state.end().plainBytes(null);
        dropped = state.droppedBytes();
        counted = dropped > 0;
        full = counted;
        encoder = new RecordEncoder(state.end(), file.index(), this::write);
        assembler = new RecordAssembler(encoder);
    }

    LogState state() {
        return state;
    }

    /** Takes a chunk; what becomes a record of it is in the file after {@link #flush} at the latest. */
    void accept(LogChunk chunk) {
        if (broken != null) {
            throw broken;
        }
        int length = chunk.bytes().length;
        int kept = admit(chunk.bytes());
        admitted += kept;
        dropped += counted ? 0 : length - kept;
        assembler.accept(chunk, kept);
    }

    private int admit(byte[] bytes) {
        if (full || bytes.length <= cap - admitted) {
            return full ? 0 : bytes.length;
        }
        full = true;
        int room = (int) Math.max(0, cap - admitted);
        return room - Utf8.incompleteTail(bytes, 0, room);
    }

    /** Writes what has become records. */
    void flush() {
        encoder.flush();
        if (state.droppedBytes() != dropped) {
            state = state.dropped(dropped);
            file.publish(state);
        }
    }

    /** See {@link RecordAssembler#holding}. */
    long holding() {
        return assembler.holding();
    }

    /** Writes parts of lines that are held back. */
    void flushHeld() {
        assembler.flush();
        flush();
    }

    /** Writes everything that is held back. */
    void end() {
        assembler.end();
        flush();
    }

    /** Records that output is missing here. */
    void gap(GapReason reason, long bytes) {
        assembler.flush();
        encoder.gap(reason, bytes, Instant.now());
        state = state.withGap();
        flush();
    }

    /**
     * Ends the log: everything is on disk and durable, and readers come to the end. The end comes even if that fails,
     * with the last record that is whole.
     */
    void seal() throws IOException {
        boolean wasBroken = broken != null;
        try (channel) {
            finish();
            if (broken != null) {
                channel.truncate(state.end().fileBytes());
                file.index().truncate(state.end().fileBytes());
            }
            channel.force(true);
            file.writeSeal();
        } finally {
            state = state.asSealed();
            file.publish(state);
        }
        if (broken != null && !wasBroken) {
            throw broken;
        }
    }

    private void finish() {
        try {
            if (broken == null) {
                end();
            }
            if (broken == null && dropped > 0 && !counted) {
                gap(GapReason.CAP, dropped);
            }
        } catch (UncheckedIOException remembered) {
            broken = remembered;
        }
    }

    /** Closes the file and leaves the log open for a successor. */
    void close() throws IOException {
        channel.close();
    }

    private void write(byte[] lines, int length, LogPosition end) {
        if (broken != null) {
            throw broken;
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines, 0, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException failure) {
            broken = new UncheckedIOException(failure);
            throw broken;
        }
        state = state.at(end);
        file.publish(state);
    }
}

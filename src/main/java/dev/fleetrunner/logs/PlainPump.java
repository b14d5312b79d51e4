package dev.fleetrunner.logs;

import dev.fleetrunner.async.Pump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Queue;

/** Reads a range of the plain text: what the command wrote and nothing else. */
final class PlainPump implements Pump<byte[]> {
    private final Shelf shelf;
    private final String taskId;
    private final LogFile file;
    private final LogStream stream;
    private final long from;
    private final long length;
    private final LineView view = new LineView();
    private LogState horizon;
    private long to;
    private long at;
    private long offset;

    PlainPump(Shelf shelf, String taskId, LogStream stream, long from, long length) {
        this.shelf = shelf;
        this.taskId = taskId;
        this.stream = stream;
        this.from = from;
        this.length = length;
        file = shelf.take(taskId);
    }

    @Override
    public Step next(Queue<byte[]> out) throws IOException {
        if (horizon == null) {
            begin();
        }
        if (at >= to || from >= to) {
            return Step.END;
        }
        try {
            byte[] piece = piece(Lines.read(file.path(), offset, horizon.end().fileBytes()));
            if (piece.length > 0) {
                out.add(piece);
            }
        } catch (NoSuchFileException deleted) {
            return Step.END;
        }
        return at >= to ? Step.END : Step.MORE;
    }

    private void begin() throws IOException {
        horizon = file.load();
        long size = horizon.end().plainBytes(stream);
        to = length > size - from ? size : from + length;
        LogPosition start = file.index().floor(position -> position.plainBytes(stream), from);
        at = start.plainBytes(stream);
        offset = start.fileBytes();
    }

    private byte[] piece(Lines lines) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int start = 0;
        while (start < lines.length() && at < to) {
            int newline = lines.newline(start);
            if (!view.look(lines.bytes(), start, newline)) {
                throw new IOException("the log of task " + taskId + " is damaged at byte " + (offset + start));
            }
            if (stream == null || view.from() == stream) {
                take(plain);
            }
            start = newline + 1;
        }
        offset += lines.length();
        return plain.toByteArray();
    }

    private void take(ByteArrayOutputStream plain) {
        int size = view.plainLength();
        if (at + size > from) {
            int first = (int) Math.max(0, from - at);
            int last = (int) Math.min(size, to - at);
            plain.write(view.plain(), first, last - first);
        }
        at += size;
    }

    @Override
    public void close(Runnable waiter) {
        shelf.giveBack(taskId, file);
    }
}

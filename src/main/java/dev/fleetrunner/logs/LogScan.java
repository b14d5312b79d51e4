package dev.fleetrunner.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a log file from its beginning to find out how far it is whole. What lies behind that is of no use. */
final class LogScan {
    private final SparseIndex index;
    private final LineView view = new LineView();
    private LogPosition end = LogPosition.START;
    private long dropped;
    private boolean truncated;

    private LogScan(SparseIndex index) {
        this.index = index;
    }

    /** The state up to the last whole record, not sealed; fills the index. */
    static LogState scan(Path file, SparseIndex index) throws IOException {
        LogScan scan = new LogScan(index);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            scan.pieces(channel);
        }
        return new LogState(scan.end, scan.dropped, scan.truncated, false);
    }

    private void pieces(FileChannel channel) throws IOException {
        long size = channel.size();
        while (end.fileBytes() < size) {
            Lines lines = Lines.read(channel, end.fileBytes(), size);
            if (lines.length() == 0 || !take(lines)) {
                return;
            }
        }
    }

    private boolean take(Lines lines) {
        int from = 0;
        while (from < lines.length()) {
            int newline = lines.newline(from);
            boolean whole = view.look(lines.bytes(), from, newline) && view.seq() == end.records() + 1;
            int plain = whole ? view.plainLength() : -1;
            if (plain < 0) {
                return false;
            }
            advance(newline + 1 - from, plain);
            from = newline + 1;
        }
        return true;
    }

    private void advance(int lineBytes, int plain) {
        if (index.wants(end.fileBytes())) {
            index.add(end);
        }
        if (view.isGap()) {
            truncated = true;
            LogRecord.Gap gap = view.gap();
            dropped += gap.reason() == GapReason.CAP ? gap.bytes() : 0;
        }
        boolean err = view.from() == LogStream.STDERR;
        end = new LogPosition(
                end.records() + 1,
                end.fileBytes() + lineBytes,
                end.stdoutBytes() + (err ? 0 : plain),
                end.stderrBytes() + (err ? plain : 0));
    }
}

package dev.fleetrunner.cli.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes a stream of records apart, as many at a time as there are. */
public final class LogReader {
    private static final int BLOCK = 1 << 16;

    private final InputStream stream;
    private final byte[] block = new byte[BLOCK];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** Of a stream of newline-delimited JSON. */
    public LogReader(InputStream stream) {
        this.stream = stream;
    }

    /** The next records, at least one, waiting for them if need be; null at the end. */
    public List<LogLine> next() throws IOException {
        List<LogLine> lines = new ArrayList<>();
        while (lines.isEmpty()) {
            int read = stream.read(block);
            if (read < 0) {
                take(lines);
                return lines.isEmpty() ? null : lines;
            }
            int start = 0;
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n') {
                    begun.write(block, start, i - start);
                    take(lines);
                    start = i + 1;
                }
            }
            begun.write(block, start, read - start);
        }
        return lines;
    }

    private void take(List<LogLine> lines) throws IOException {
        if (begun.size() > 0) {
            lines.add(LogLine.of(begun.toByteArray()));
            begun.reset();
        }
    }
}

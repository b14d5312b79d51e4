package dev.fleetrunner.logs;

import java.io.ByteArrayOutputStream;
import java.util.Queue;

/** What a reader gets of the records that it has chosen. */
interface Shape<T> {

    /** One chosen record; the view is lent, and looks at {@code lines} between {@code from} and {@code to}. */
    void add(LineView view, Lines lines, int from, int to, Queue<T> out);

    /** The piece is over. */
    void endOfPiece(Queue<T> out);

    /** Records as objects. */
    static Shape<LogRecord> records() {
        return new Shape<>() {
            @Override
            public void add(LineView view, Lines lines, int from, int to, Queue<LogRecord> out) {
                out.add(view.record());
            }

            @Override
            public void endOfPiece(Queue<LogRecord> out) {
                // every record is out by now
            }
        };
    }

    /** Records as lines of JSON, many at a time. */
    static Shape<LogLines> lines() {
        return new Shape<>() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private long first;
            private long last;

            @Override
            public void add(LineView view, Lines lines, int from, int to, Queue<LogLines> out) {
                first = bytes.size() == 0 ? view.seq() : first;
                last = view.seq();
                bytes.write(lines.bytes(), from, to - from);
            }

            @Override
            public void endOfPiece(Queue<LogLines> out) {
                if (bytes.size() > 0) {
                    out.add(new LogLines(first, last, bytes.toByteArray()));
                    bytes.reset();
                }
            }
        };
    }
}

package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.engine.LogEntries.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Gives lines back the newline that Docker's log forgets: it keeps a line that fills its buffer in parts, all with the
 * time of the first, and gives the last of them without the newline that ended it. A last part that is empty was the
 * newline alone. One that is not may also be the end of the output of a container that was killed, so its newline is
 * given only when more follows; init's last words always do.
 */
final class LongLines {
    private static final byte[] NEWLINE = {'\n'};

    private final int partBytes;
    private final Map<LogStream, Line> lines = new EnumMap<>(LogStream.class);

    /** Where a stream stands: the time of the line whose parts are coming, and of a newline that is held back. */
    private static final class Line {
        private Instant open;
        private Instant newlineAt;
    }

    /** @param partBytes how long parts are; 0 for an engine that forgets nothing */
    LongLines(int partBytes) {
        this.partBytes = partBytes;
    }

    /** What the entry stands for; never empty chunks. */
    List<LogChunk> restore(Entry entry) {
        List<LogChunk> chunks = new ArrayList<>(2);
        Line line = lines.computeIfAbsent(entry.stream(), stream -> new Line());
        if (line.newlineAt != null) {
            chunks.add(new LogChunk(entry.stream(), NEWLINE.clone(), line.newlineAt));
            line.newlineAt = null;
        }
        byte[] bytes = entry.bytes();
        if (bytes.length > 0) {
            chunks.add(new LogChunk(entry.stream(), bytes, entry.at()));
        }
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        boolean part = !ended && partBytes > 0 && bytes.length == partBytes;
        if (!ended && !part && entry.at().equals(line.open)) {
            if (bytes.length == 0) {
                chunks.add(new LogChunk(entry.stream(), NEWLINE.clone(), entry.at()));
            } else {
                line.newlineAt = entry.at();
            }
        }
        line.open = part ? entry.at() : null;
        return chunks;
    }
}

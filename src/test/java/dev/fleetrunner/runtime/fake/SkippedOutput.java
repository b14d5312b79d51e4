package dev.fleetrunner.runtime.fake;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Leaves out what is before a cursor. */
final class SkippedOutput {
    private final Map<LogStream, Long> left = new EnumMap<>(LogStream.class);

    SkippedOutput(LogCursor cursor) {
        left.put(LogStream.STDOUT, cursor.stdoutBytes());
        left.put(LogStream.STDERR, cursor.stderrBytes());
    }

    List<LogChunk> left(LogChunk chunk) {
        int skip = (int) Math.min(left.get(chunk.stream()), chunk.bytes().length);
        left.merge(chunk.stream(), (long) -skip, Long::sum);
        byte[] rest = Arrays.copyOfRange(chunk.bytes(), skip, chunk.bytes().length);
        return rest.length == 0 ? List.of() : List.of(new LogChunk(chunk.stream(), rest, chunk.at()));
    }
}

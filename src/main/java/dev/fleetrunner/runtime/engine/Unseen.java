package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Counts what of the command's output was delivered, so that another source of it can go on behind that. */
final class Unseen {
    private final Map<LogStream, Long> delivered = new EnumMap<>(LogStream.class);

    Unseen(LogCursor from) {
        delivered.put(LogStream.STDOUT, from.stdoutBytes());
        delivered.put(LogStream.STDERR, from.stderrBytes());
    }

    /** Takes a source that has the output from its first byte on, and leaves what was not delivered. */
    Function<LogChunk, List<LogChunk>> source() {
        Map<LogStream, Long> passed = new EnumMap<>(Map.of(LogStream.STDOUT, 0L, LogStream.STDERR, 0L));
        return chunk -> {
            byte[] bytes = chunk.bytes();
            long start = passed.merge(chunk.stream(), (long) bytes.length, Long::sum) - bytes.length;
            long seen = delivered.get(chunk.stream());
            int skip = (int) Math.min(Math.max(seen - start, 0), bytes.length);
            if (skip == bytes.length) {
                return List.of();
            }
            delivered.put(chunk.stream(), start + bytes.length);
            return List.of(
                    skip == 0
                            ? chunk
                            : new LogChunk(chunk.stream(), Arrays.copyOfRange(bytes, skip, bytes.length), chunk.at()));
        };
    }
}

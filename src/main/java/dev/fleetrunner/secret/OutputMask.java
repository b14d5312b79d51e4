package dev.fleetrunner.secret;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Masks both streams of a container's output, each for itself. Not thread-safe. */
final class OutputMask {
    private final Side out;
    private final Side err;

    /**
     * @param masks makes one for a stream
     * @param repeated what is left out after it was masked
     * @param blind how much of a first line is overwritten, whatever it is, and of further ones as long as all is digits
     */
    OutputMask(Supplier<StreamMask> masks, LogCursor repeated, int blind) {
        out = new Side(masks.get(), LogStream.STDOUT, repeated.stdoutBytes(), blind);
        err = new Side(masks.get(), LogStream.STDERR, repeated.stderrBytes(), blind);
    }

    List<LogChunk> next(LogChunk chunk) {
        Side side = chunk.stream() == LogStream.STDERR ? err : out;
        side.lastAt = chunk.at();
        return side.told(side.mask.next(chunk.bytes()), chunk);
    }

    List<LogChunk> end() {
        List<LogChunk> rest = new ArrayList<>(out.told(out.mask.end(), null));
        rest.addAll(err.told(err.mask.end(), null));
        return rest;
    }

    private static final class Side {
        private final StreamMask mask;
        private final LogStream stream;
        private long repeated;
        private int blind;
        /** Whether all so far may belong to digits that began in what is missing, and go on behind a fold. */
        private boolean digits = true;

        private Instant lastAt;

        Side(StreamMask mask, LogStream stream, long repeated, int blind) {
            this.mask = mask;
            this.stream = stream;
            this.repeated = repeated;
            this.blind = blind;
        }

        /** The chunk itself where nothing had to be changed; null if there is none. */
        List<LogChunk> told(byte[] masked, LogChunk chunk) {
            byte[] bytes = blinded(masked);
            int skip = (int) Math.min(repeated, bytes.length);
            repeated -= skip;
            if (skip == bytes.length) {
                return List.of();
            }
            if (chunk != null && bytes == chunk.bytes() && skip == 0) {
                return List.of(chunk);
            }
            return List.of(new LogChunk(stream, Arrays.copyOfRange(bytes, skip, bytes.length), lastAt));
        }

        private byte[] blinded(byte[] masked) {
            if (blind == 0) {
                return masked;
            }
            byte[] bytes = masked.clone();
            for (int i = 0; i < bytes.length && blind > 0; i++, blind--) {
                if (bytes[i] == '\n' && !digits) {
                    blind = 0;
                    break;
                }
                if (bytes[i] != '\n' && bytes[i] != '\r') {
                    digits &= bytes[i] == '*' || Folds.isDigit(bytes[i]);
                    bytes[i] = '*';
                }
            }
            return bytes;
        }
    }
}

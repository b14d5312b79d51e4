package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the engine's multiplexed stream apart: frames of an 8-byte head (stream, three zeros, length in big endian) and
 * that many bytes, cut anywhere by the transport. What has come of a frame is passed on at once, however long the frame
 * is, so nothing is buffered but a cut head.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach">Stream
 *     format</a>
 */
final class FrameDecoder {
    private static final int HEAD = 8;

    private final byte[] head = new byte[HEAD];
    private int headLength;
    private long left;
    private LogStream stream;

    /** The chunks in what has just come. Fails with {@code ENGINE_FAILED} if it is no such stream. */
    List<LogChunk> decode(byte[] bytes, Instant now) {
        List<LogChunk> chunks = new ArrayList<>(2);
        int at = 0;
        while (at < bytes.length) {
            if (left == 0) {
                int take = Math.min(HEAD - headLength, bytes.length - at);
                System.arraycopy(bytes, at, head, headLength, take);
                headLength += take;
                at += take;
                if (headLength == HEAD) {
                    readHead();
                }
            } else {
                int take = (int) Math.min(left, bytes.length - at);
                byte[] part = new byte[take];
                System.arraycopy(bytes, at, part, 0, take);
                chunks.add(new LogChunk(stream, part, now));
                left -= take;
                at += take;
            }
        }
        return chunks;
    }

    private void readHead() {
        headLength = 0;
        stream = switch (head[0]) {
            case 0, 1 -> LogStream.STDOUT;
            case 2 -> LogStream.STDERR;
            default ->
                throw new RuntimeFailure(
                        CauseCode.ENGINE_FAILED, "the engine's log stream has an unknown frame " + head[0]);
        };
        left = (head[4] & 0xFFL) << 24 | (head[5] & 0xFFL) << 16 | (head[6] & 0xFFL) << 8 | (head[7] & 0xFFL);
    }
}

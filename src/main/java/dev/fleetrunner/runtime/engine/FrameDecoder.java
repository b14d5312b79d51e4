package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.ENGINE_UNAVAILABLE;

import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.util.ArrayList;
import java.util.Arrays;
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

    /**
     * What has come of a frame.
     *
     * @param bytes empty for a frame of no length
     * @param last whether the frame ends with it
     */
    record Part(LogStream stream, byte[] bytes, boolean last) {}

    /**
     * The parts in what has just come. Fails with {@code ENGINE_FAILED} if it is no such stream, and with
     * {@code ENGINE_UNAVAILABLE} where the engine says in the stream that it cannot go on.
     */
    List<Part> decode(byte[] bytes) {
        List<Part> parts = new ArrayList<>(2);
        int at = 0;
        while (at < bytes.length) {
            if (left == 0) {
                int take = Math.min(HEAD - headLength, bytes.length - at);
                System.arraycopy(bytes, at, head, headLength, take);
                headLength += take;
                at += take;
                if (headLength == HEAD) {
                    readHead();
                    if (left == 0) {
                        parts.add(new Part(stream, new byte[0], true));
                    }
                }
            } else {
                int take = (int) Math.min(left, bytes.length - at);
                left -= take;
                parts.add(new Part(stream, Arrays.copyOfRange(bytes, at, at + take), left == 0));
                at += take;
            }
        }
        return parts;
    }

    private void readHead() {
        headLength = 0;
        stream = switch (head[0]) {
            case 0, 1 -> LogStream.STDOUT;
            case 2 -> LogStream.STDERR;
            case 3 -> throw new RuntimeFailure(ENGINE_UNAVAILABLE, "the engine broke its log stream off with an error");
            default ->
                throw new RuntimeFailure(ENGINE_FAILED, "the engine's log stream has an unknown frame " + head[0]);
        };
        left = (head[4] & 0xFFL) << 24 | (head[5] & 0xFFL) << 16 | (head[6] & 0xFFL) << 8 | (head[7] & 0xFFL);
    }
}

package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.ENGINE_UNAVAILABLE;

import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts the entries of an engine's log together, which is asked for with timestamps: each is one frame. */
final class LogEntries {
    /** Engines cut longer lines at 8 or 16 KiB. */
    private static final int LARGEST = 1 << 20;

    private final FrameDecoder frames = new FrameDecoder();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    /**
     * One entry.
     *
     * @param bytes a line with its newline, or a part of a line; may be empty
     * @param at when the engine wrote it down; Podman tells whole seconds
     */
    record Entry(LogStream stream, byte[] bytes, Instant at) {}

    /** The entries that end in what has just come. Fails with {@code ENGINE_UNAVAILABLE} if one has no time. */
    List<Entry> decode(byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        for (FrameDecoder.Part part : frames.decode(bytes)) {
            frame.writeBytes(part.bytes());
            if (frame.size() > LARGEST) {
                throw new RuntimeFailure(ENGINE_FAILED, "the engine's log has an entry of more than " + LARGEST);
            }
            if (part.last()) {
                entries.add(entry(part.stream(), frame.toByteArray()));
                frame.reset();
            }
        }
        return entries;
    }

    private static Entry entry(LogStream stream, byte[] frame) {
        int space = 0;
        while (space < frame.length && frame[space] != ' ') {
            space++;
        }
        String time = new String(frame, 0, space, StandardCharsets.US_ASCII);
        try {
            byte[] bytes = Arrays.copyOfRange(frame, Math.min(space + 1, frame.length), frame.length);
            return new Entry(stream, bytes, Instant.parse(time));
        } catch (DateTimeParseException e) {
            // Docker puts its own complaint there when its log is rotated under its feet.
            throw new RuntimeFailure(
                    ENGINE_UNAVAILABLE,
                    "the engine broke its log off: " + new String(frame, StandardCharsets.UTF_8).strip(),
                    e);
        }
    }
}

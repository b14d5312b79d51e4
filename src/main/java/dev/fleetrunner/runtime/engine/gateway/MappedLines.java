package dev.fleetrunner.runtime.engine.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Makes other lines of the lines of a stream, however they are cut; not for lines without end. */
final class MappedLines {
    private static final int LONGEST = 1 << 20;

    private final UnaryOperator<String> mapping;
    private final ByteBuf begun = Unpooled.buffer();

    /** @param mapping gives null for a line that is to be left out */
    MappedLines(UnaryOperator<String> mapping) {
        this.mapping = mapping;
    }

    /** The lines that end with these bytes, mapped; null if one is too long. */
    ByteBuf map(ByteBuf bytes, boolean last) {
        ByteBuf out = Unpooled.buffer();
        begun.writeBytes(bytes);
        int end;
        while ((end = begun.bytesBefore((byte) '\n')) >= 0) {
            write(out, begun.readCharSequence(end, StandardCharsets.UTF_8).toString(), "\n");
            begun.skipBytes(1);
        }
        if (last && begun.isReadable()) {
            write(
                    out,
                    begun.readCharSequence(begun.readableBytes(), StandardCharsets.UTF_8)
                            .toString(),
                    "");
        }
        begun.discardReadBytes();
        return begun.readableBytes() > LONGEST ? null : out;
    }

    private void write(ByteBuf out, String line, String end) {
        String mapped = mapping.apply(line);
        if (mapped != null) {
            out.writeCharSequence(mapped + end, StandardCharsets.UTF_8);
        }
    }
}

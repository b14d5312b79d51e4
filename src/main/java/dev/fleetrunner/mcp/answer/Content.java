package dev.fleetrunner.mcp.answer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A piece of a file as JSON can hold it.
 *
 * @param encoding {@code utf-8} or {@code base64}
 * @param text in that encoding
 * @param bytes how many bytes of the file it stands for
 */
public record Content(String encoding, String text, int bytes) {
    private static final String UTF_8 = "utf-8";
    private static final String BASE_64 = "base64";

    /**
     * The beginning of some bytes, as much as fits.
     *
     * @param room how many bytes the text may take in JSON
     */
    public static Content of(byte[] content, int room) {
        var in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // A character that is cut at the end stays behind, and is none that is malformed.
        CoderResult result = decoder.decode(in, out, false);
        boolean text = !result.isError() && out.flip().chars().noneMatch(c -> c == 0);
        return text && (in.position() > 0 || content.length == 0) ? text(out.toString(), room) : base64(content, room);
    }

    private static Content text(String all, int room) {
        int end = 0;
        int left = room;
        while (end < all.length()) {
            int c = all.codePointAt(end);
            left -= JsonLength.of(c);
            if (left < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        String text = all.substring(0, end);
        return new Content(UTF_8, text, text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static Content base64(byte[] content, int room) {
        int bytes = Math.min(content.length, room / 4 * 3);
        return new Content(BASE_64, Base64.getEncoder().encodeToString(Arrays.copyOf(content, bytes)), bytes);
    }

    /** Whether it is text. */
    public boolean isText() {
        return encoding.equals(UTF_8);
    }

    /** How many bytes it takes in JSON. */
    public int size() {
        return JsonLength.ofText(text);
    }
}

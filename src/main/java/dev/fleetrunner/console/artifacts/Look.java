package dev.fleetrunner.console.artifacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.files.Shown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * What is shown of a file: never more than its text, or an image of a kind that cannot hold a script.
 *
 * @param text the beginning of it, pretty where it is JSON; null for what is no text
 * @param image whether a browser may draw it
 * @param cut whether there is more
 */
record Look(String text, boolean image, boolean cut) {
    /** So much of a file is read to look at it. */
    static final int MOST = 256 * 1024;

    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "webp");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the name is one of an image that is drawn and not read. */
    static boolean isImage(String path) {
        return IMAGES.contains(extension(path));
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    static Look picture() {
        return new Look(null, true, false);
    }

    /** A look at the first bytes of a file; of the last character there may be a part. */
    static Look of(String path, byte[] bytes, long size) {
        boolean cut = size > bytes.length;
        String text = text(bytes, cut);
        if (text == null) {
            return new Look(null, false, cut);
        }
        return new Look(extension(path).equals("json") && !cut ? pretty(text) : visible(text), false, cut);
    }

    private static String text(byte[] bytes, boolean cut) {
        int end = bytes.length;
        for (int dropped = 0; dropped < (cut ? 4 : 1) && end - dropped >= 0; dropped++) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, end - dropped))
                        .toString();
                return text.indexOf('\0') >= 0 ? null : text;
            } catch (CharacterCodingException tryShorter) {
                continue;
            }
        }
        return null;
    }

    private static String pretty(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return visible(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } catch (JsonProcessingException noJson) {
            return visible(text);
        }
    }

    /** Without what a browser drops, and what would turn the text around. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean breaks = c == '\n' || c == '\t' || c == '\r';
            if (breaks || Shown.visible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return shown.toString();
    }
}

package dev.fleetrunner.artifact;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of an entry, taken apart.
 *
 * @param root its first part: what the tar calls the path that was asked for; empty if it calls it {@code /}, as Podman
 *     does where a volume is mounted
 * @param below the names below that; none for the path itself
 */
record EntryName(String root, List<String> below) {
    /** Far more than a kernel takes; a zip cannot have more than twice that. */
    private static final int MAX_BYTES = 32 * 1024;

    /** Empty if it has {@code ..} in it, is too long or is no name at all. */
    static Optional<EntryName> of(byte[] name) {
        String text = text(name);
        if (name.length == 0 || name.length > MAX_BYTES || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String[] parts = text.split("/", -1);
        List<String> below = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].equals("..")) {
                return Optional.empty();
            }
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                below.add(parts[i]);
            }
        }
        return parts[0].equals("..") ? Optional.empty() : Optional.of(new EntryName(parts[0], below));
    }

    /** Where it is in the container, when this is the path that was asked for. */
    String under(String base) {
        return below.isEmpty() ? base : base + "/" + String.join("/", below);
    }

    /** The bytes as UTF-8; those that are none as {@code %FF}. */
    static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder();
        while (true) {
            var result = decoder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format("%%%02X", in.get()));
            }
            decoder.reset();
        }
    }
}

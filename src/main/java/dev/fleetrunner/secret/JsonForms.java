package dev.fleetrunner.secret;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A secret inside a JSON string (RFC 8259, 7). Some programs escape what is not ASCII, some the slash, some what HTML
 * would take for its own; the digits of an escape are of either case.
 */
final class JsonForms {
    private static final String LETTERS = "\"\"\\\\\bb\ff\nn\rr\tt";
    private static final int NONE = -1;

    private JsonForms() {}

    /** Nothing for bytes that are no text. */
    static List<byte[]> of(byte[] secret) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(secret))
                    .toString();
        } catch (CharacterCodingException noText) {
            return List.of();
        }
        List<byte[]> forms = new ArrayList<>();
        for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
            for (String also : List.of("", "/", "<>&", "<>&'")) {
                forms.add(encode(text, also, false, hex).getBytes(StandardCharsets.UTF_8));
                forms.add(encode(text, also, true, hex).getBytes(StandardCharsets.UTF_8));
            }
        }
        return forms;
    }

    private static String encode(String text, String also, boolean ascii, HexFormat hex) {
        var out = new StringBuilder(text.length() + text.length() / 8);
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            int letter = letter(one);
            if (letter != NONE) {
                out.append('\\').append(LETTERS.charAt(letter + 1));
            } else if (one == '/' && also.indexOf('/') >= 0) {
                out.append("\\/");
            } else if (one < ' ' || also.indexOf(one) >= 0 || ascii && one > '~') {
                out.append("\\u").append(hex.toHexDigits(one));
            } else {
                out.append(one);
            }
        }
        return out.toString();
    }

    private static int letter(char one) {
        for (int i = 0; i < LETTERS.length(); i += 2) {
            if (LETTERS.charAt(i) == one) {
                return i;
            }
        }
        return NONE;
    }
}

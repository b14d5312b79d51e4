package dev.fleetrunner.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A secret as programs put it into a URL. What they leave as it is differs: nothing but the unreserved characters (RFC 3986,
 * 2.3), slashes besides (Python), what forms allow (WHATWG URL, 5.2), what JavaScript's two functions leave.
 */
final class UrlForms {
    private static final List<String> KEPT = List.of("-._~", "-._~/", "-._*", "-._~!'()*", "-._~!'()*;,/?:@&=+$#");

    private UrlForms() {}

    static List<byte[]> of(byte[] secret) {
        List<byte[]> forms = new ArrayList<>();
        for (String kept : KEPT) {
            for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
                forms.add(encode(secret, kept, hex, false));
                forms.add(encode(secret, kept, hex, true));
            }
        }
        return forms;
    }

    private static byte[] encode(byte[] secret, String kept, HexFormat hex, boolean plus) {
        var out = new ByteArrayOutputStream(secret.length + secret.length / 2);
        for (byte one : secret) {
            if (plus && one == ' ') {
                out.write('+');
            } else if (Character.isLetterOrDigit(one) && one > 0 || kept.indexOf(one) >= 0) {
                out.write(one);
            } else {
                out.write('%');
                out.writeBytes(hex.toHexDigits(one).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toByteArray();
    }
}

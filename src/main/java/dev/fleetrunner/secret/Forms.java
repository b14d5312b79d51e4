package dev.fleetrunner.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** The ways in which programs write a secret down: as it is, and in the encodings that logs and messages are full of. */
final class Forms {
    /** Shorter lines of a secret are no secrets of their own: they would be found everywhere. */
    static final int MIN_LINE = 8;

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;
    private static final int[] WIDTHS = {64, 76};
    private static final int BITS_PER_DIGIT = 6;

    private final Set<byte[]> found = new TreeSet<>(ORDER);

    private Forms() {}

    /** All forms of a secret, and those of its lines; each has at least {@link Patterns#SHORTEST} bytes. */
    static Set<byte[]> of(byte[] secret) {
        var forms = new Forms();
        forms.all(secret);
        String text = new String(secret, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\n') >= 0) {
            text.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= MIN_LINE)
                    .forEach(line -> forms.all(line.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return forms.found;
    }

    private void all(byte[] secret) {
        add(secret);
        hex(secret, HexFormat.of());
        hex(secret, HexFormat.of().withUpperCase());
        base64(secret, Base64.getEncoder());
        base64(secret, Base64.getUrlEncoder());
        UrlForms.of(secret).forEach(this::add);
        JsonForms.of(secret).forEach(this::add);
    }

    private void hex(byte[] secret, HexFormat format) {
        add(format.formatHex(secret).getBytes(StandardCharsets.US_ASCII));
    }

    /** On its own, with lines and without, and inside something longer, of which it may be the first, second or third byte. */
    private void base64(byte[] secret, Base64.Encoder encoder) {
        byte[] alone = encoder.encode(secret);
        add(alone);
        add(encoder.withoutPadding().encode(secret));
        for (int width : WIDTHS) {
            for (int from = 0; alone.length > width && from < alone.length; from += width) {
                add(Arrays.copyOfRange(alone, from, Math.min(from + width, alone.length)));
            }
        }
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            // Digits at the edges have bits of the neighbours, too.
            int from = (before * Byte.SIZE + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
            int to = shifted.length * Byte.SIZE / BITS_PER_DIGIT;
            add(Arrays.copyOfRange(encoder.encode(shifted), from, to));
        }
    }

    private void add(byte[] form) {
        if (form.length >= Patterns.SHORTEST) {
            found.add(form);
        }
    }
}

package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
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
    private static final int BYTES_PER_GROUP = 3;
    /** Fewer are found by chance, and tell no more than five bytes. */
    private static final int MIN_DIGITS = 8;

    private final Set<byte[]> found = new TreeSet<>(ORDER);
    private final Set<byte[]> folded = new TreeSet<>(ORDER);

    private Forms() {}

    /** All forms of a secret, and those of its lines. A line break at its end is no part of it, but of what encodes a file. */
    static Forms of(SecretValue secret) {
        var forms = new Forms();
        byte[] bytes = secret.withoutLineBreak().bytes();
        forms.all(bytes);
        if (secret.length() > bytes.length) {
            forms.base64(secret.bytes());
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\n') >= 0) {
            text.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= MIN_LINE)
                    .forEach(line -> forms.all(line.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return forms;
    }

    /** Each has at least {@link Patterns#SHORTEST} bytes. */
    Set<byte[]> found() {
        return found;
    }

    /** Those of them that are looked for across {@link Folds}, too: of digits alone, and no few. At least one. */
    Set<byte[]> folded() {
        return folded;
    }

    private void all(byte[] secret) {
        add(secret);
        HostForm.of(secret).ifPresent(this::add);
        base64(secret);
        hex(secret, HexFormat.of());
        hex(secret, HexFormat.of().withUpperCase());
        UrlForms.of(secret).forEach(this::add);
        JsonForms.of(secret).forEach(this::add);
    }

    private void hex(byte[] secret, HexFormat format) {
        fold(format.formatHex(secret).getBytes(StandardCharsets.US_ASCII));
    }

    private void base64(byte[] secret) {
        base64(secret, Base64.getEncoder());
        base64(secret, Base64.getUrlEncoder());
    }

    /** On its own, in lines, and inside something longer, of which it may be the first, second or third byte. */
    private void base64(byte[] secret, Base64.Encoder encoder) {
        byte[] alone = encoder.encode(secret);
        add(alone);
        add(encoder.withoutPadding().encode(secret));
        for (int width : WIDTHS) {
            lines(alone, width);
            // The last line of something longer that it is the beginning of.
            lines(inside(secret, 0, encoder), width);
        }
        for (int before = 0; before < BYTES_PER_GROUP; before++) {
            fold(inside(secret, before, encoder));
        }
    }

    /** Digits at the edges have bits of the neighbours, too, and are left out. */
    private static byte[] inside(byte[] secret, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        int from = (before * Byte.SIZE + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
        int to = shifted.length * Byte.SIZE / BITS_PER_DIGIT;
        return Arrays.copyOfRange(encoder.encode(shifted), from, to);
    }

    /** Each is found for itself, so whatever they begin with. */
    private void lines(byte[] digits, int width) {
        for (int from = 0; digits.length > width && from + MIN_DIGITS <= digits.length; from += width) {
            add(Arrays.copyOfRange(digits, from, Math.min(from + width, digits.length)));
        }
    }

    private void fold(byte[] form) {
        add(form);
        if (form.length >= MIN_DIGITS) {
            folded.add(form);
        }
    }

    private void add(byte[] form) {
        if (form.length >= Patterns.SHORTEST) {
            found.add(form);
        }
    }
}

package dev.fleetrunner.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matcher against one that is slow and plain, over random borders of chunks. */
class StreamMaskTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "hunter2, hunter2, *******",
        "hunter2, a hunter2 b hunter2, a ******* b *******",
        "hunter2, hunterhunter2, hunter*******",
        "abab, abababx, ******x",
        "abcd;bcdefg, xabcdefgx, x*******x",
        "abcd;abcdefgh, abcdefg-abcdefgh, ****efg-********",
        "abcd;abcdefgh, abcdefghi, ********i",
        "hunter2, nothing here, nothing here",
        "hunter2, the end is hunte, the end is *****",
        "hunter2, the end is hun, the end is hun",
    })
    void overwritesWhatItFindsAndNothingElse(String secrets, String text, String expected) {
        List<byte[]> patterns =
                Arrays.stream(secrets.split(";")).map(StreamMaskTest::bytes).toList();
        for (int chunk = 1; chunk <= text.length(); chunk++) {
            assertThat(text(inChunks(new Patterns(patterns), bytes(text), chunk)))
                    .as("chunks of %d", chunk)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatCannotBeASecretIsNotHeldBack() {
        var mask = mask(new Patterns(List.of(bytes("hunter2"), bytes("password"))));

        assertThat(text(mask.next(bytes("Enter it: ")))).isEqualTo("Enter it: ");
        assertThat(text(mask.next(bytes("pass")))).isEmpty();
        assertThat(text(mask.next(bytes("age\n")))).isEqualTo("passage\n");
    }

    @Test
    void outputWithoutSecretsIsNotEvenCopied() {
        byte[] chunk = bytes("x".repeat(1000) + "\n");

        assertThat(mask(new Patterns(List.of(bytes("hunter2")))).next(chunk)).isSameAs(chunk);
    }

    @Test
    void lineBreaksStay() {
        byte[] secret = bytes("first line\nsecond line\nthird line");

        assertThat(text(inChunks(new Patterns(List.of(secret)), bytes("<" + text(secret) + ">"), 5)))
                .isEqualTo("<**********\n***********\n**********>");
    }

    @Test
    void aPartOfALongSecretIsFoundToo() {
        var random = new Random(3);
        byte[] secret = new byte[10_000];
        random.nextBytes(secret);
        byte[] part = Arrays.copyOfRange(secret, 1000, 3000);

        byte[] masked = inChunks(new Patterns(List.of(secret)), part, 100);

        int shown = 0;
        for (byte one : masked) {
            shown += one == '*' || one == '\n' ? 0 : 1;
        }
        assertThat(shown).isLessThan(2 * Patterns.LONGEST);
    }

    @Test
    void isTheSameAsAPlainSearchWhereverChunksEnd() {
        var random = new Random(20_261_122);
        for (int round = 0; round < ROUNDS; round++) {
            int letters = 1 + random.nextInt(4);
            List<byte[]> patterns = new ArrayList<>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                patterns.add(letters(random, letters, 4 + random.nextInt(random.nextInt(8) == 0 ? 150 : 12)));
            }
            byte[] output = letters(random, letters + random.nextInt(2), random.nextInt(300));
            for (byte[] pattern : patterns) {
                if (random.nextBoolean() && output.length > pattern.length) {
                    System.arraycopy(
                            pattern, 0, output, random.nextInt(output.length - pattern.length), pattern.length);
                }
            }
            byte[] expected = plainly(patterns, output);

            byte[] masked = randomly(new Patterns(patterns), output, random);

            assertThat(text(masked)).as("round %d", round).isEqualTo(text(expected));
        }
    }

    /** Every occurrence of every piece, and the beginning of one at the end. */
    private static byte[] plainly(List<byte[]> secrets, byte[] output) {
        List<byte[]> patterns = secrets.stream().flatMap(Pieces::of).toList();
        byte[] masked = output.clone();
        for (byte[] pattern : patterns) {
            for (int at = 0; at + pattern.length <= output.length; at++) {
                if (Arrays.equals(output, at, at + pattern.length, pattern, 0, pattern.length)) {
                    Arrays.fill(masked, at, at + pattern.length, (byte) '*');
                }
            }
            for (int length = Math.min(pattern.length - 1, output.length); length >= 4; length--) {
                int at = output.length - length;
                if (Arrays.equals(output, at, output.length, pattern, 0, length)) {
                    Arrays.fill(masked, at, output.length, (byte) '*');
                }
            }
        }
        return masked;
    }

    private static byte[] letters(Random random, int letters, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(letters));
        }
        return bytes;
    }

    private static byte[] inChunks(Patterns patterns, byte[] output, int size) {
        var mask = mask(patterns);
        var all = new ByteArrayOutputStream();
        for (int at = 0; at < output.length; at += size) {
            all.writeBytes(mask.next(Arrays.copyOfRange(output, at, Math.min(at + size, output.length))));
        }
        all.writeBytes(mask.end());
        return all.toByteArray();
    }

    private static byte[] randomly(Patterns patterns, byte[] output, Random random) {
        var mask = mask(patterns);
        var all = new ByteArrayOutputStream();
        for (int at = 0; at < output.length; ) {
            int to = Math.min(output.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
            all.writeBytes(mask.next(Arrays.copyOfRange(output, at, to)));
            at = to;
        }
        all.writeBytes(mask.end());
        return all.toByteArray();
    }

    private static StreamMask mask(Patterns patterns) {
        return new StreamMask(patterns, patterns);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

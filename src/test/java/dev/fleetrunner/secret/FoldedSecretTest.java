package dev.fleetrunner.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.logs.LogStream;
import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A secret inside something longer that is encoded in lines: what is left of it is decoded, and none of it is there. */
class FoldedSecretTest {
    private static final int ROUNDS = 2000;
    /** So many bytes in a row may be told: by three digits before a fold, and the edges. */
    private static final int MAY_BE_LEFT = 3;

    private static final int[] WIDTHS = {60, 64, 76};
    private final Random random = new Random(20_261_123);

    @Test
    void nothingThatCanBeDecodedIsLeft() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] secret = bytes(8 + random.nextInt(random.nextInt(4) == 0 ? 400 : 60));
            byte[] output = folded(secret, random.nextInt(130));
            Masking masking = Masking.of(List.of(new SecretValue(secret)));

            byte[] masked = masked(masking, inChunks(output), 0);

            assertNothingIsLeft(masked, output, secret, "round " + round);
        }
    }

    @Test
    void anAuthorizationHeaderAsGnuWritesIt() {
        byte[] token = "tok_3xAMPLE-0123456789abcdefghijklmnopqr".getBytes(StandardCharsets.US_ASCII);
        for (int before = 0; before < 76; before++) {
            byte[] header = ("Authorization: Bearer " + "x".repeat(before)).getBytes(StandardCharsets.US_ASCII);
            byte[] output = fold(Base64.getEncoder().encode(join(header, token)), 76, "\n");

            byte[] masked = masked(Masking.of(List.of(new SecretValue(token))), List.of(output), 0);

            assertNothingIsLeft(masked, output, token, before + " before");
        }
    }

    @Test
    void itIsTheSameWhereverAChunkEnds() {
        byte[] secret = bytes(150);
        Masking masking = Masking.of(List.of(new SecretValue(secret)));
        for (int before = 0; before < 60; before++) {
            byte[] output = folded(secret, before);
            byte[] whole = masked(masking, List.of(output), 0);
            for (int cut = 0; cut <= output.length; cut++) {
                List<byte[]> chunks =
                        List.of(Arrays.copyOf(output, cut), Arrays.copyOfRange(output, cut, output.length));
                assertThat(masked(masking, chunks, 0)).as("%d, %d", before, cut).isEqualTo(whole);
            }
            List<byte[]> single = new ArrayList<>();
            for (byte one : output) {
                single.add(new byte[] {one});
            }
            assertThat(masked(masking, single, 0)).isEqualTo(whole);
        }
    }

    @Test
    void aTakeoverWithinItGivesTheSameBytes() {
        for (int before = 0; before < 60; before++) {
            byte[] secret = bytes(10 + random.nextInt(150));
            Masking masking = Masking.of(List.of(new SecretValue(secret)));
            byte[] output = folded(secret, before);
            byte[] whole = masked(masking, List.of(output), 0);
            for (int written = 0; written <= output.length; written++) {
                int from = Math.max(0, written - masking.memory());
                byte[] again = Arrays.copyOfRange(output, from, output.length);

                assertThat(masked(masking, List.of(again), written - from))
                        .as("%d before, behind %d", before, written)
                        .isEqualTo(Arrays.copyOfRange(whole, written, whole.length));
            }
        }
    }

    @Test
    void hexadecimalInLinesOfSixtyIsFoundToo() {
        byte[] secret = bytes(40);
        String hex = HexFormat.of().formatHex(join(bytes(17), secret));
        byte[] output = fold(hex.getBytes(StandardCharsets.US_ASCII), 60, "\n");

        byte[] masked = masked(Masking.of(List.of(new SecretValue(secret))), List.of(output), 0);

        assertThat(text(masked)).matches("[0-9a-f]{34}[*]{26}\n[*]{54}");
    }

    /** Lines of base64, whatever of the rest is random, with text around them. */
    private byte[] folded(byte[] secret, int before) {
        byte[] whole = join(join(bytes(before), secret), bytes(random.nextInt(80)));
        Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
        byte[] lines = fold(
                encoder.encode(whole), WIDTHS[random.nextInt(WIDTHS.length)], random.nextBoolean() ? "\n" : "\r\n");
        String first = List.of("", "key: ", "{\n\"", "one\r\n").get(random.nextInt(4));
        return join(
                join(first.getBytes(StandardCharsets.US_ASCII), lines),
                "\nall done\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] fold(byte[] digits, int width, String lineBreak) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < digits.length; at += width) {
            out.writeBytes((at == 0 ? "" : lineBreak).getBytes(StandardCharsets.US_ASCII));
            out.write(digits, at, Math.min(width, digits.length - at));
        }
        return out.toByteArray();
    }

    private static void assertNothingIsLeft(byte[] masked, byte[] output, byte[] secret, String what) {
        assertThat(text(masked).replaceAll("[^\r\n]", "x"))
                .as(what)
                .isEqualTo(text(output).replaceAll("[^\r\n]", "x"));
        assertThat(left(output, secret)).as("%s, unmasked", what).isEqualTo(secret.length);
        assertThat(left(masked, secret)).as("%s: %s", what, text(masked)).isLessThanOrEqualTo(MAY_BE_LEFT);
    }

    /** The longest part of a secret that some of the output can be decoded to, from whatever digit on. */
    private static int left(byte[] output, byte[] secret) {
        String text = text(output).replace('-', '+').replace('_', '/');
        int longest = 0;
        for (String digits : text.replaceAll("[\r\n]", "").split("[^A-Za-z0-9+/]")) {
            for (int from = 0; from < Math.min(4, digits.length()); from++) {
                String group = digits.substring(from);
                byte[] decoded = Base64.getDecoder()
                        .decode(group.length() % 4 == 1 ? group.substring(0, group.length() - 1) : group);
                longest = Math.max(longest, common(decoded, secret));
            }
        }
        return longest;
    }

    private static int common(byte[] first, byte[] second) {
        int longest = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                int length = 0;
                while (i + length < first.length
                        && j + length < second.length
                        && first[i + length] == second[j + length]) {
                    length++;
                }
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }

    private static byte[] masked(Masking masking, List<byte[]> output, int repeated) {
        var all = new ByteArrayOutputStream();
        masking.output(
                        Multi.createFrom()
                                .iterable(output)
                                .map(bytes -> new LogChunk(LogStream.STDOUT, bytes, Instant.EPOCH)),
                        new LogCursor(repeated, 0))
                .invoke(chunk -> all.writeBytes(chunk.bytes()))
                .collect()
                .last()
                .await()
                .indefinitely();
        return all.toByteArray();
    }

    private List<byte[]> inChunks(byte[] output) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < output.length; ) {
            int to = Math.min(output.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
            chunks.add(Arrays.copyOfRange(output, at, to));
            at = to;
        }
        return chunks;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

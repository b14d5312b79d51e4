package dev.fleetrunner.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Folds and what is found across them, against a search that is slow and plain. */
class FoldsTest {
    private static final int ROUNDS = 20_000;
    private static final Pattern FOLD = Pattern.compile("(?<=[A-Za-z0-9+/_-]{40})(\r\n|\r|\n)");

    @Test
    void areBehindFortyDigitsWhereverChunksEnd() {
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            String text = lines(random, "ab+/-_Z09");
            int cut = random.nextInt(text.length() + 1);
            byte[] before = bytes(text.substring(Math.max(0, cut - Folds.CONTEXT), cut));

            Folds folds = Folds.find(before, bytes(text.substring(cut)));

            List<String> found = IntStream.range(0, folds.count())
                    .mapToObj(fold -> folds.begin(fold) + " to " + folds.end(fold))
                    .toList();
            List<String> expected = FOLD.matcher(text)
                    .results()
                    .filter(fold -> fold.start() >= cut - 2)
                    .map(fold -> (fold.start() - cut) + " to " + (fold.end() - cut))
                    .toList();
            assertThat(found).as("round %d", round).isEqualTo(expected);
        }
    }

    @Test
    void whatIsFoundAcrossThemIsTheSameAsInAPlainSearch() {
        var random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> secrets = new ArrayList<>();
            String letters = "abcd".substring(0, 1 + random.nextInt(4));
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                secrets.add(bytes(digits(random, letters, 4 + random.nextInt(random.nextInt(4) == 0 ? 150 : 20))));
            }
            var output = new StringBuilder(lines(random, letters));
            for (byte[] secret : secrets) {
                int at = random.nextInt(output.length());
                for (int i = 0; i < secret.length && at < output.length(); at++) {
                    if (output.charAt(at) != '\r' && output.charAt(at) != '\n') {
                        output.setCharAt(at, (char) secret[i++]);
                    }
                }
            }

            String masked = randomly(new Patterns(secrets), bytes(output.toString()), random);

            assertThat(masked).as("round %d", round).isEqualTo(plainly(secrets, output.toString()));
        }
    }

    @Test
    void noLineWaitsForTheNextBecauseOfAFewDigits() {
        var patterns = new Patterns(List.of(bytes("hunter2")));
        String line = "0".repeat(60);

        assertThat(text(new StreamMask(patterns, patterns).next(bytes(line + "hun\n"))))
                .isEqualTo(line + "hun\n");
        assertThat(text(new StreamMask(patterns, patterns).next(bytes(line + "hunt\n"))))
                .isEqualTo(line);
        assertThat(text(new StreamMask(patterns, patterns).next(bytes("a word hunt\n"))))
                .isEqualTo("a word hunt\n");
        var mask = new StreamMask(patterns, patterns);
        assertThat(text(mask.next(bytes(line + "hun\r")))).isEqualTo(line + "hun\r");
        assertThat(text(mask.next(bytes("\n")))).isEqualTo("\n");
        assertThat(text(mask.next(bytes("ter2\n")))).isEqualTo("****\n");
    }

    /** In the output as it is and without its folds, every occurrence, and the beginning of one at the end. */
    private static String plainly(List<byte[]> secrets, String output) {
        var masked = new StringBuilder(output);
        List<Integer> places = new ArrayList<>();
        BitSet folds = new BitSet();
        for (Matcher fold = FOLD.matcher(output); fold.find(); ) {
            folds.set(fold.start(), fold.end());
        }
        var unfolded = new StringBuilder();
        for (int i = 0; i < output.length(); i++) {
            if (!folds.get(i)) {
                places.add(i);
                unfolded.append(output.charAt(i));
            }
        }
        places.add(output.length());
        int cut = output.length();
        for (byte[] piece : secrets.stream().flatMap(Pieces::of).toList()) {
            String pattern = text(piece);
            for (int at = output.indexOf(pattern); at >= 0; at = output.indexOf(pattern, at + 1)) {
                cover(masked, at, at + pattern.length());
            }
            for (int at = unfolded.indexOf(pattern); at >= 0; at = unfolded.indexOf(pattern, at + 1)) {
                cover(masked, places.get(behindFold(places, at)), places.get(at + pattern.length() - 1) + 1);
            }
            for (int length = 1; length < pattern.length(); length++) {
                String start = pattern.substring(0, length);
                if (output.endsWith(start)) {
                    cut = Math.min(cut, output.length() - length);
                }
                if (unfolded.toString().endsWith(start)) {
                    cut = Math.min(cut, places.get(behindFold(places, unfolded.length() - length)));
                }
            }
        }
        if (output.length() - cut >= Patterns.SHORTEST) {
            cover(masked, cut, output.length());
        }
        return masked.toString();
    }

    private static int behindFold(List<Integer> places, int index) {
        for (int i = index + 1; i <= index + 3 && i < places.size(); i++) {
            if (places.get(i) > places.get(i - 1) + 1) {
                return i;
            }
        }
        return index;
    }

    private static void cover(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\r' && text.charAt(i) != '\n') {
                text.setCharAt(i, '*');
            }
        }
    }

    private static String lines(Random random, String letters) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String first = random.nextInt(4) == 0 ? digits(random, letters, random.nextInt(50)) + "." : "";
            text.append(first).append(digits(random, letters, 36 + random.nextInt(random.nextBoolean() ? 8 : 50)));
            text.append(List.of("\n", "\r\n", "\r", "\n\n", ".\n").get(random.nextInt(5)));
        }
        return text.substring(0, text.length() - random.nextInt(Math.min(30, text.length())));
    }

    private static String digits(Random random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(letters::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    private static String randomly(Patterns patterns, byte[] output, Random random) {
        var mask = new StreamMask(patterns, patterns);
        var all = new ByteArrayOutputStream();
        for (int at = 0; at < output.length; ) {
            int to = Math.min(output.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
            all.writeBytes(mask.next(Arrays.copyOfRange(output, at, to)));
            at = to;
        }
        all.writeBytes(mask.end());
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

package dev.fleetrunner.secret;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cuts what is long into pieces that cover it: whoever shows all of it shows every piece, and a part of it is found, too. */
final class Pieces {
    /** So that what a piece shows before a fold belongs to the piece before it, too. */
    private static final int STEP = Patterns.LONGEST - Unfolded.SHOWN;

    private Pieces() {}

    static Stream<byte[]> of(byte[] whole) {
        int longest = Patterns.LONGEST;
        if (whole.length <= longest) {
            return Stream.of(whole);
        }
        int count = (whole.length - longest + STEP - 1) / STEP + 1;
        return IntStream.range(0, count).mapToObj(i -> {
            int from = Math.min(i * STEP, whole.length - longest);
            return Arrays.copyOfRange(whole, from, from + longest);
        });
    }
}

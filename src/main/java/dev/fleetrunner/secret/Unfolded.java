package dev.fleetrunner.secret;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Output with its {@link Folds} taken out.
 *
 * @param bytes what is left
 * @param places where each of them was, and where the end was; those before the output are negative
 */
record Unfolded(byte[] bytes, int[] places) {
    /** How many bytes of a secret before a fold are shown, so that no line waits for the next by chance. */
    static final int SHOWN = 3;

    /** Null if there is no fold. */
    static Unfolded of(byte[] before, byte[] output) {
        BitSet folds = Folds.find(before, output);
        if (folds.isEmpty()) {
            return null;
        }
        int whole = before.length + output.length;
        byte[] bytes = new byte[whole - folds.cardinality()];
        int[] places = new int[bytes.length + 1];
        int count = 0;
        for (int i = 0; i < whole; i++) {
            if (!folds.get(i)) {
                bytes[count] = i < before.length ? before[i] : output[i - before.length];
                places[count++] = i - before.length;
            }
        }
        places[count] = output.length;
        return new Unfolded(bytes, places);
    }

    /** Where what is found at an index is overwritten or held back from: behind a fold that comes right after its beginning. */
    int from(int index) {
        for (int i = index + 1; i <= Math.min(index + SHOWN, bytes.length); i++) {
            if (places[i] - places[i - 1] > 1) {
                return Math.max(0, places[i]);
            }
        }
        return Math.max(0, places[index]);
    }

    /** Behind the last of so many bytes from an index on. */
    int to(int index, int length) {
        return places[index + length - 1] + 1;
    }

    /** The first index of a byte that was at a place or behind it. */
    int index(int place) {
        int found = Arrays.binarySearch(places, place);
        return found < 0 ? -found - 1 : found;
    }
}

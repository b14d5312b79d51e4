package dev.fleetrunner.secret;

import java.util.Arrays;

/** Output with its {@link Folds} taken out, and where each byte of it was. Places before the output are negative. */
final class Unfolded {
    /** How many bytes of a secret before a fold are shown, so that no line waits for the next by chance. */
    static final int SHOWN = 3;

    private final byte[] bytes;
    private final Folds folds;
    /** The index of what came behind each fold. */
    private final int[] behind;

    private final int before;

    private Unfolded(byte[] all, int before, Folds folds) {
        this.folds = folds;
        this.before = before;
        behind = new int[folds.count()];
        bytes = new byte[all.length - folds.bytes()];
        int index = 0;
        int from = 0;
        for (int fold = 0; fold < behind.length; fold++) {
            int to = folds.begin(fold) + before;
            System.arraycopy(all, from, bytes, index, to - from);
            index += to - from;
            behind[fold] = index;
            from = folds.end(fold) + before;
        }
        System.arraycopy(all, from, bytes, index, all.length - from);
    }

    /**
     * Null if there is no fold.
     *
     * @param before the bytes that came before the output
     */
    static Unfolded of(byte[] before, byte[] output) {
        Folds folds = Folds.find(before, output);
        if (folds.count() == 0) {
            return null;
        }
        byte[] all = Arrays.copyOf(before, before.length + output.length);
        System.arraycopy(output, 0, all, before.length, output.length);
        return new Unfolded(all, before.length, folds);
    }

    /** What is left, and some of what was before the output. */
    byte[] bytes() {
        return bytes;
    }

    /** Where what is found at an index is overwritten or held back from: behind a fold that comes right after its beginning. */
    int from(int index) {
        int fold = foldsUpTo(index);
        boolean right = fold < behind.length && behind[fold] <= index + SHOWN;
        return Math.max(0, right ? folds.end(fold) : place(index));
    }

    /** Behind the last of so many bytes from an index on. */
    int to(int index, int length) {
        return place(index + length - 1) + 1;
    }

    /** The first index of a byte that was at a place or behind it. */
    int index(int place) {
        int low = 0;
        int high = bytes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place(middle) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int place(int index) {
        int fold = foldsUpTo(index);
        return fold == 0 ? index - before : folds.end(fold - 1) + index - behind[fold - 1];
    }

    /** How many folds lie before an index; no two are at the same. */
    private int foldsUpTo(int index) {
        int found = Arrays.binarySearch(behind, index);
        return found < 0 ? -found - 1 : found + 1;
    }
}

package dev.fleetrunner.secret;

import java.util.Arrays;

/**
 * Overwrites secrets in a stream of bytes with as many asterisks; line breaks stay. Bytes that may be the beginning of a
 * secret are held back until it is known. The output is searched as it is, and around its {@link Folds} without them, too.
 * Not thread-safe.
 */
final class StreamMask {
    private static final byte[] NOTHING = {};

    private final Patterns patterns;
    private final Patterns folded;
    private byte[] held = NOTHING;
    /** How many of the bytes held belong to a secret that began before them. */
    private int covered;
    /** What came right before the bytes held. */
    private byte[] before = NOTHING;

    /**
     * @param patterns what is looked for in the output as it is
     * @param folded those among them that are looked for across folds
     */
    StreamMask(Patterns patterns, Patterns folded) {
        this.patterns = patterns;
        this.folded = folded;
    }

    /** How many bytes before a place must be known to tell whether it belongs to a secret. */
    static int memory(Patterns patterns) {
        int folds = (patterns.longest() - 2) / Folds.LINE + 1;
        return patterns.longest() - 1 + folds * Folds.LONGEST_BREAK + Folds.LINE - 1;
    }

    /** What can be told now; the very array if there is nothing to change. */
    byte[] next(byte[] bytes) {
        byte[] all = join(held, bytes);
        Unfolded unfolded = Unfolded.of(before, all);
        return mask(all, unfolded, undecided(all, unfolded));
    }

    /** The rest. What may be the beginning of a secret and is long enough to be known by it is overwritten, too. */
    byte[] end() {
        byte[] all = held;
        Unfolded unfolded = Unfolded.of(before, all);
        int cut = undecided(all, unfolded);
        byte[] rest = mask(all, unfolded, all.length);
        if (all.length - cut < Patterns.SHORTEST) {
            return rest;
        }
        var out = new Covered(rest, rest.length);
        out.cover(cut, rest.length);
        return out.bytes();
    }

    /** From where on the bytes may be the beginning of a secret that goes on. */
    private int undecided(byte[] all, Unfolded unfolded) {
        int from = undecided(patterns, all);
        return unfolded == null ? from : Math.min(from, unfolded.from(undecided(folded, unfolded.bytes())));
    }

    private static int undecided(Patterns patterns, byte[] bytes) {
        int from = Math.max(0, bytes.length - patterns.longest() + 1);
        while (from < bytes.length && !patterns.goesOnFrom(bytes, from, bytes.length)) {
            from++;
        }
        return from;
    }

    private byte[] mask(byte[] all, Unfolded unfolded, int to) {
        var out = new Covered(all, to);
        out.cover(0, covered);
        patterns.each(all, to, (at, length) -> out.cover(at, at + length));
        if (unfolded != null) {
            folded.each(
                    unfolded.bytes(),
                    unfolded.index(to),
                    (at, length) -> out.cover(unfolded.from(at), unfolded.to(at, length)));
        }
        before = context(all, to);
        held = to == all.length ? NOTHING : Arrays.copyOfRange(all, to, all.length);
        covered = Math.max(0, out.end() - to);
        return out.bytes();
    }

    private byte[] context(byte[] all, int to) {
        if (to >= Folds.CONTEXT) {
            return Arrays.copyOfRange(all, to - Folds.CONTEXT, to);
        }
        byte[] whole = join(before, Arrays.copyOf(all, to));
        return Arrays.copyOfRange(whole, Math.max(0, whole.length - Folds.CONTEXT), whole.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

package seed;

/** Something to compile. */
public final class Seed {
    /** Something to cover. */
    public static int one() {
        return 1;
    }
}

package dev.fleetrunner.mcp.answer;

/** How many of a thing, in words. */
public final class Count {
    private Count() {}

    /** {@code 1 line}, {@code 2 lines}. */
    public static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

package dev.fleetrunner.contract;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of the policy: {@code *} stands for any characters, slashes and none too, everything else for itself.
 *
 * @param text as written
 * @param pattern the same, for whole names
 */
public record Glob(String text, Pattern pattern) {

    /** Reads one; every text is a pattern. */
    public static Glob of(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Glob(text, Pattern.compile(regex, Pattern.DOTALL));
    }

    /** Whether a whole name fits. */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** Whether a name fits one of them. */
    public static boolean any(List<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    /** For messages: what is allowed, in words. */
    public static String words(List<Glob> globs) {
        return globs.isEmpty() ? "none" : globs.stream().map(Glob::text).collect(Collectors.joining(", "));
    }
}

package dev.fleetrunner.policy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of the policy: {@code *} stands for any characters, slashes and none too, everything else for itself.
 *
 * @param text as written
 */
record Glob(String text, Pattern pattern) {

    static Glob of(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Glob(text, Pattern.compile(regex, Pattern.DOTALL));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    static boolean any(List<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    /** For messages: what is allowed, in words. */
    static String words(List<Glob> globs) {
        return globs.isEmpty() ? "none" : globs.stream().map(Glob::text).collect(Collectors.joining(", "));
    }
}

package dev.fleetrunner.json;

import java.util.regex.Pattern;

/**
 * How a text must look.
 *
 * @param max characters, looked at before the pattern so that no pattern meets a huge text
 * @param pattern what it matches as a whole
 * @param is what it must be, to follow "must be"
 * @param remedy what would be right
 */
public record Shape(int max, Pattern pattern, String is, String remedy) {
    public Shape(int max, String regex, String is, String remedy) {
        this(max, Pattern.compile(regex), is, remedy);
    }

    /** Whether a text looks so. */
    public boolean fits(String text) {
        return text.length() <= max && pattern.matcher(text).matches();
    }
}

package dev.fleetrunner.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for one name between slashes. Not a regular expression: a name of 255 stars and letters would take one of
 * those for ever, this takes at most the product of both lengths.
 */
final class NameGlob {
    /** Stands for any run of characters, the empty one too. */
    private static final IntPredicate STAR = c -> true;

    private final List<IntPredicate> tokens = new ArrayList<>();

    /** Fails with {@link IllegalArgumentException} if it cannot be understood. */
    NameGlob(String pattern) {
        int[] chars = pattern.codePoints().toArray();
        int at = 0;
        while (at < chars.length) {
            at = token(chars, at);
        }
    }

    private int token(int[] chars, int at) {
        int c = chars[at];
        switch (c) {
            case '*' -> {
                tokens.add(STAR);
                return at + 1;
            }
            case '?' -> {
                tokens.add(any -> true);
                return at + 1;
            }
            case '[' -> {
                return characterClass(chars, at + 1);
            }
            case '\\' -> {
                if (at + 1 == chars.length) {
                    throw new IllegalArgumentException("it ends with a \\ that escapes nothing");
                }
                int escaped = chars[at + 1];
                tokens.add(other -> other == escaped);
                return at + 2;
            }
            default -> {
                tokens.add(other -> other == c);
                return at + 1;
            }
        }
    }

    /** {@code [abc]}, {@code [a-z]}, {@code [!a]} or {@code [^a]}; a {@code ]} that comes first means itself. */
    private int characterClass(int[] chars, int start) {
        int at = start;
        boolean not = at < chars.length && (chars[at] == '!' || chars[at] == '^');
        if (not) {
            at++;
        }
        int first = at;
        IntPredicate in = c -> false;
        while (at < chars.length && (chars[at] != ']' || at == first)) {
            int from = chars[at];
            boolean range = at + 2 < chars.length && chars[at + 1] == '-' && chars[at + 2] != ']';
            int to = range ? chars[at + 2] : from;
            in = in.or(c -> from <= c && c <= to);
            at += range ? 3 : 1;
        }
        if (at == chars.length) {
            throw new IllegalArgumentException("it has a [ without its ]");
        }
        tokens.add(not ? in.negate() : in);
        return at + 1;
    }

    boolean matches(String name) {
        int[] chars = name.codePoints().toArray();
        int token = 0;
        int at = 0;
        int star = -1;
        int retry = 0;
        while (at < chars.length) {
            if (token < tokens.size() && tokens.get(token) == STAR) {
                star = token++;
                retry = at;
            } else if (token < tokens.size() && tokens.get(token).test(chars[at])) {
                token++;
                at++;
            } else if (star >= 0) {
                token = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (token < tokens.size() && tokens.get(token) == STAR) {
            token++;
        }
        return token == tokens.size();
    }
}

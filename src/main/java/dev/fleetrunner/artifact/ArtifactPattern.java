package dev.fleetrunner.artifact;

import java.util.ArrayList;
import java.util.List;

/**
 * A path or glob as a task declares it. {@code *} and {@code ?} stay within a name, {@code **} between slashes crosses
 * any number of directories, {@code [a-z]}, {@code [!a-z]} and {@code {a,b}} are as in a shell, and {@code \} takes the
 * next character as it is. A leading dot is a character like any other. What is named may be a file, or a directory: then
 * all files below it are meant, for a plain path and for a glob alike.
 */
public final class ArtifactPattern {
    private static final int MAX = 4096;
    private static final String WILDCARDS = "*?[{";

    private final String declared;
    private final String base;
    private final boolean literal;
    private final List<PathGlob> globs;

    private ArtifactPattern(String declared, String base, String rest) {
        this.declared = declared;
        this.base = base;
        literal = rest.isEmpty();
        List<String> expanded = Braces.expand(rest);
        expanded.forEach(pattern -> checkNames(base + "/" + pattern));
        globs = expanded.stream().map(PathGlob::new).toList();
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with the reason, if it is not absolute, has {@code ..}, {@code .} or an empty name
     *     in it, is not well formed, or names no directory below the root to begin with
     */
    public static ArtifactPattern of(String declared) {
        if (!declared.startsWith("/")) {
            throw new IllegalArgumentException("it must begin with /");
        }
        if (declared.length() > MAX || declared.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("it must have at most " + MAX + " characters, none of them NUL");
        }
        String path = declared.endsWith("/") ? declared.substring(0, declared.length() - 1) : declared;
        int wildcard = wildcard(path);
        int cut = wildcard < 0 ? path.length() : path.lastIndexOf('/', wildcard);
        if (cut == 0) {
            throw new IllegalArgumentException("it must name a directory below the root before any wildcard");
        }
        checkNames(path.substring(0, cut));
        return new ArtifactPattern(
                declared, unescaped(path.substring(0, cut)), wildcard < 0 ? "" : path.substring(cut + 1));
    }

    private static void checkNames(String path) {
        String given = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String name : given.substring(1).split("/", -1)) {
            String plain = unescaped(name);
            if (plain.isEmpty() || plain.equals(".") || plain.equals("..")) {
                throw new IllegalArgumentException("it must not have .., . or // in it");
            }
        }
    }

    private static int wildcard(String path) {
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '\\') {
                at++;
            } else if (WILDCARDS.indexOf(c) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            plain.append(text.charAt(escape ? ++at : at));
        }
        return plain.toString();
    }

    /** As it was given. */
    public String declared() {
        return declared;
    }

    /** What to fetch from the container: the path itself, or the directory before the first wildcard. */
    public String base() {
        return base;
    }

    /** Whether the pattern is plain and this is the very path it names. */
    boolean isPath(String path) {
        return literal && path.equals(base);
    }

    /** Whether this absolute path of a file is named, itself or by a directory above it. */
    public boolean matches(String path) {
        if (!path.equals(base) && !path.startsWith(base + "/")) {
            return false;
        }
        List<String> names = new ArrayList<>();
        if (path.length() > base.length()) {
            names.addAll(List.of(path.substring(base.length() + 1).split("/", -1)));
        }
        return globs.stream().anyMatch(glob -> glob.matches(names));
    }
}

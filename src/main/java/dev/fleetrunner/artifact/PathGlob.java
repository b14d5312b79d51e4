package dev.fleetrunner.artifact;

import java.util.ArrayList;
import java.util.List;

/** A pattern for a relative path, without braces. What it matches stands for all that lies below, too. */
final class PathGlob {
    private static final NameGlob ANY_DEPTH = new NameGlob("**");

    private final List<NameGlob> parts = new ArrayList<>();

    PathGlob(String pattern) {
        if (!pattern.isEmpty()) {
            for (String part : pattern.split("/", -1)) {
                parts.add(part.equals("**") ? ANY_DEPTH : new NameGlob(part));
            }
        }
        parts.add(ANY_DEPTH);
    }

    /** The names may be none: the base directory itself. */
    boolean matches(List<String> names) {
        int part = 0;
        int at = 0;
        int star = -1;
        int retry = 0;
        while (at < names.size()) {
            if (part < parts.size() && parts.get(part) == ANY_DEPTH) {
                star = part++;
                retry = at;
            } else if (part < parts.size() && parts.get(part).matches(names.get(at))) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY_DEPTH) {
            part++;
        }
        return part == parts.size();
    }
}

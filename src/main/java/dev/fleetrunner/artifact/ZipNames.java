package dev.fleetrunner.artifact;

import dev.fleetrunner.files.Shown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names that every unpacker takes alike. A kept path is relative and without {@code ..} already; here go what some
 * systems read as a separator and what shows differently than it is, and no name comes twice.
 */
final class ZipNames {
    private final Set<String> used = new HashSet<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    String of(String path) {
        String plain = plain(path);
        String name = plain;
        while (!used.add(name)) {
            name = plain + "~" + repeats.merge(plain, 1, Integer::sum);
        }
        return name;
    }

    private static String plain(String path) {
        StringBuilder name = new StringBuilder();
        path.codePoints().forEach(c -> name.appendCodePoint(c == '\\' || !Shown.visible(c) ? '_' : c));
        return name.toString();
    }
}

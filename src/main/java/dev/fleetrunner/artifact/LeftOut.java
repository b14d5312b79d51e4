package dev.fleetrunner.artifact;

import dev.fleetrunner.files.Shown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is not collected and tells it in one note a kind, however much it is. */
final class LeftOut {
    private static final int NAMED = 3;

    enum Kind {
        SYMLINK("symbolic link", "symbolic links"),
        HARD_LINK("hard link to something that is not collected", "hard links to something that is not collected"),
        DEVICE("device node", "device nodes"),
        FIFO("fifo", "fifos"),
        OTHER("entry that is no file", "entries that are no files"),
        NAME("entry with a name that leads elsewhere", "entries with a name that leads elsewhere"),
        REPEATED("second entry of a name", "second entries of a name"),
        TOO_LARGE("file over the limit of a file", "files over the limit of a file"),
        NO_ROOM("file over the limit of all files", "files over the limit of all files");

        private final String one;
        private final String many;

        Kind(String one, String many) {
            this.one = one;
            this.many = many;
        }
    }

    private static final class Tally {
        private long count;
        private long bytes;
        private final List<String> first = new ArrayList<>();
    }

    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);

    void add(Kind kind, String name, long bytes) {
        Tally tally = tallies.computeIfAbsent(kind, k -> new Tally());
        tally.count++;
        tally.bytes = tally.bytes + bytes < 0 ? Long.MAX_VALUE : tally.bytes + bytes;
        if (tally.first.size() < NAMED) {
            tally.first.add(Shown.of(name));
        }
    }

    List<String> notes(Limits limits) {
        List<String> notes = new ArrayList<>();
        tallies.forEach((kind, tally) -> notes.add("not collected: " + tally.count + " "
                + (tally.count == 1 ? kind.one : kind.many)
                + limit(kind, tally, limits)
                + ": " + String.join(", ", tally.first)
                + (tally.count > NAMED ? ", …" : "")));
        return notes;
    }

    private static String limit(Kind kind, Tally tally, Limits limits) {
        return switch (kind) {
            case TOO_LARGE -> " (" + limits.fileBytes() + " bytes), " + tally.bytes + " bytes in all";
            case NO_ROOM -> " (" + limits.bytes() + " bytes), " + tally.bytes + " bytes in all";
            default -> "";
        };
    }
}

package dev.fleetrunner.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** What one task was denied, in a small file that survives this runner. Blocks. */
final class Denials {
    /** How many are told apart; a task may try any number. */
    static final int MOST = 100;

    /** Stands in the file once there were more. */
    private static final String MORE = "...";

    private final Path file;
    private final Map<String, Denial> known = new TreeMap<>();
    private boolean more;

    private Denials(Path file) {
        this.file = file;
    }

    /** Goes on with what an earlier life of the runner has written. */
    static Denials open(Path file) throws IOException {
        var denials = new Denials(file);
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(denials::read);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return denials;
    }

    private void read(String line) {
        if (line.equals(MORE)) {
            more = true;
        } else if (!line.isEmpty()) {
            String[] parts = line.split(" ", 2);
            known.put(parts[0], new Denial(parts[0], parts.length == 2 ? parts[1] : null));
        }
    }

    /** Whether {@link #add} would do nothing. */
    synchronized boolean has(Denial denial) {
        return known.containsKey(denial.host()) || (known.size() >= MOST && more);
    }

    /** Writes it down if it is new. */
    synchronized void add(Denial denial) {
        if (has(denial)) {
            return;
        }
        boolean room = known.size() < MOST;
        if (room) {
            known.put(denial.host(), denial);
        } else {
            more = true;
        }
        String line = denial.host() + (denial.address() == null ? "" : " " + denial.address());
        try {
            Files.writeString(file, (room ? line : MORE) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Denied all() {
        return new Denied(new ArrayList<>(known.values()), more);
    }
}

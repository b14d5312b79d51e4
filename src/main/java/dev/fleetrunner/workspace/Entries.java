package dev.fleetrunner.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads an archive entry by entry. Whatever it throws but {@link RefusedUpload} means that the archive is damaged. */
interface Entries extends Closeable {
    /** Empty after the last one. */
    Optional<Entry> next() throws IOException;

    /** Reads on in the entry's content, to its end before the next entry; -1 at its end. */
    int read(byte[] buffer) throws IOException;
}

package dev.fleetrunner.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Stands between a zip and its reader, which takes the whole directory of a zip into memory before it gives out the first
 * entry: so many reads and bytes, and no more.
 */
final class DirectoryGuard implements SeekableByteChannel {
    /** Looking for the end of a zip with the longest comment takes a read for each byte of it. */
    private static final int SEARCH = 70_000;
    /** At least three for each entry, at most this. */
    private static final int READS_PER_ENTRY = 6;

    private static final int BYTES = 64 << 20;

    private final SeekableByteChannel file;
    private final int maxEntries;
    private long reads;
    private long bytes;
    private boolean open;

    DirectoryGuard(SeekableByteChannel file, int maxEntries) {
        this.file = file;
        this.maxEntries = maxEntries;
    }

    /** The directory is read; what comes now is content. */
    void open() {
        open = true;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int count = file.read(buffer);
        bytes += Math.max(0, count);
        if (!open && (++reads > SEARCH + (long) READS_PER_ENTRY * maxEntries || bytes > BYTES)) {
            throw Tree.tooMany(maxEntries);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return file.write(buffer);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

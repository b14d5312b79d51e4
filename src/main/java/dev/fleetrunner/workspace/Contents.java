package dev.fleetrunner.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of all files of an archive, one behind the other in a file of ours, up to a limit. */
final class Contents implements Closeable {
    private final FileChannel channel;
    private final long maxBytes;
    private long start;
    private long at;

    /** @param file must not exist */
    Contents(Path file, long maxBytes) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
        this.maxBytes = maxBytes;
    }

    /** @param announced what the archive says; too much is refused before any of it is unpacked */
    void begin(long announced) {
        start = at;
        if (announced > maxBytes - at) {
            throw tooMuch();
        }
    }

    void write(byte[] bytes, int length) throws IOException {
        if (length > maxBytes - at) {
            throw tooMuch();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    private RefusedUpload tooMuch() {
        return RefusedUpload.tooLarge("the files in the archive have more than " + maxBytes
                + " bytes when they are unpacked; pack less, or raise fleet.workspaces.max-bytes");
    }

    Node.Content end(int mode, long mtime) {
        return new Node.Content(mode, mtime, start, at - start);
    }

    /** Fills the buffer from a place on. */
    void read(ByteBuffer buffer, long from) throws IOException {
        for (long place = from; buffer.hasRemaining(); ) {
            int count = channel.read(buffer, place);
            if (count < 0) {
                throw new IOException("the unpacked contents are shorter than what was written");
            }
            place += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

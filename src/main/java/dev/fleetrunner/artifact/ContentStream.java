package dev.fleetrunner.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** The bytes of one file, read where they stand among those of all files. Blocks. */
final class ContentStream extends InputStream {
    private final FileChannel content;
    private final long end;
    private long at;

    ContentStream(FileChannel content, ArtifactFile file) {
        this.content = content;
        at = file.offset();
        end = file.offset() + file.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0 || at >= end) {
            return length == 0 ? 0 : -1;
        }
        int count = content.read(ByteBuffer.wrap(into, from, (int) Math.min(length, end - at)), at);
        if (count < 0) {
            throw new IOException("the content file is shorter than its manifest says");
        }
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}

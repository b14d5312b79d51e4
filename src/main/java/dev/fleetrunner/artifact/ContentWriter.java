package dev.fleetrunner.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Writes the contents of all files of a task one behind the other into one file: no name of the task's tree comes near
 * the host, ten thousand files cost one, and one sync makes them durable. Holes stay holes.
 */
final class ContentWriter implements Closeable {
    private static final byte[] ZEROS = new byte[64 * 1024];

    private final FileChannel channel;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private long start;
    private long at;

    /** @param file must not exist */
    ContentWriter(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void begin() {
        digest.reset();
        start = at;
    }

    void data(byte[] bytes, int from, int length) throws IOException {
        digest.update(bytes, from, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    void hole(long length) {
        for (long left = length; left > 0; left -= ZEROS.length) {
            digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
        at += length;
    }

    /** The file that was begun is whole. */
    ArtifactFile end(String path, int mode) {
        return new ArtifactFile(path, at - start, HexFormat.of().formatHex(digest.digest()), mode, start);
    }

    /** The file that was begun will not become whole. */
    void undo() throws IOException {
        channel.truncate(start);
        at = start;
    }

    /** Makes all of it durable. */
    void sync() throws IOException {
        if (channel.size() < at) {
            channel.write(ByteBuffer.wrap(ZEROS, 0, 1), at - 1);
        }
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

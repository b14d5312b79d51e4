package dev.fleetrunner.artifact;

import dev.fleetrunner.async.Pump;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Queue;

/** Brings a range of one file. */
final class RangePump implements Pump<Buffer> {
    static final int PIECE = 64 * 1024;

    private final KeptDirectory directory;
    private final String path;
    private final long offset;
    private final long length;
    private FileChannel content;
    private long at;
    private long end;

    RangePump(KeptDirectory directory, String path, long offset, long length) {
        this.directory = directory;
        this.path = path;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public Step next(Queue<Buffer> out) throws IOException {
        if (content == null) {
            ArtifactFile file = directory.find(path).orElseThrow(() -> new NoSuchFileException(path));
            content = FileChannel.open(directory.content());
            at = file.offset() + Math.min(offset, file.size());
            end = at + Math.min(length, file.offset() + file.size() - at);
        }
        if (at < end) {
            byte[] piece = read(content, at, (int) Math.min(PIECE, end - at));
            at += piece.length;
            out.add(Buffer.buffer(piece));
        }
        return at < end ? Step.MORE : Step.END;
    }

    /** At least one byte of what is known to be there. */
    static byte[] read(FileChannel content, long at, int max) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(max);
        int count = content.read(bytes, at);
        if (count <= 0) {
            throw new IOException("the content file is shorter than its manifest says");
        }
        return count == max ? bytes.array() : Arrays.copyOf(bytes.array(), count);
    }

    @Override
    public void close(Runnable waiter) {
        close(content);
    }

    static void close(FileChannel content) {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

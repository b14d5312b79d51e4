package dev.fleetrunner.workspace;

import dev.fleetrunner.async.Pump;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Queue;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Brings a tar of ours with another owner in every header. */
final class OwnedTarPump implements Pump<Buffer> {
    private static final int BLOCK = 512;
    private static final int PIECE = 128 * BLOCK;
    private static final int UID = 108;
    private static final int GID = 116;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int NUMBER = 8;

    private final String id;
    private final Path file;
    private final int uid;
    private final int gid;
    private FileChannel tar;
    private long at;
    private long end;
    private long content;

    OwnedTarPump(String id, Path file, int uid, int gid) {
        this.id = id;
        this.file = file;
        this.uid = uid;
        this.gid = gid;
    }

    @Override
    public Step next(Queue<Buffer> out) throws IOException {
        if (tar == null) {
            open();
        }
        byte[] piece = new byte[(int) Math.min(PIECE, end - at)];
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            int count = tar.read(bytes, at);
            if (count < 0) {
                throw new IOException("the tar of workspace " + id + " became shorter");
            }
            at += count;
        }
        own(piece);
        out.add(Buffer.buffer(piece));
        return at < end ? Step.MORE : Step.END;
    }

    private void open() throws IOException {
        try {
            tar = FileChannel.open(file);
        } catch (NoSuchFileException absent) {
            throw new UnknownWorkspace(id);
        }
        end = tar.size();
    }

    private void own(byte[] piece) {
        for (int block = 0; block < piece.length; block += BLOCK) {
            if (content > 0) {
                content -= BLOCK;
            } else if (piece[block] != 0) {
                content = TarUtils.parseOctalOrBinary(piece, block + SIZE, 12);
                TarUtils.formatLongOctalOrBinaryBytes(uid, piece, block + UID, NUMBER);
                TarUtils.formatLongOctalOrBinaryBytes(gid, piece, block + GID, NUMBER);
                sum(piece, block);
            }
        }
    }

    private static void sum(byte[] piece, int block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean itself = i >= CHECKSUM && i < CHECKSUM + NUMBER;
            sum += itself ? ' ' : piece[block + i] & 0xFF;
        }
        TarUtils.formatCheckSumOctalBytes(sum, piece, block + CHECKSUM, NUMBER);
    }

    @Override
    public void close(Runnable waiter) {
        try {
            if (tar != null) {
                tar.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

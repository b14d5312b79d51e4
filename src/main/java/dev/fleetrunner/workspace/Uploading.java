package dev.fleetrunner.workspace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/**
 * One upload on its way: written down as it comes, unpacked, and written as a tar of ours, each a file of its own. Closing
 * it, at the end or at any moment before, removes what is left of them. Blocks.
 */
final class Uploading {
    private static final int BUFFER = 256 * 1024;

    private final Shelf shelf;
    private final Limits limits;
    private final Path archive;
    private final Path unpacked;
    private final Path tar;
    private FileChannel incoming;
    private long received;
    private volatile boolean closed;

    Uploading(Shelf shelf, Limits limits) {
        this.shelf = shelf;
        this.limits = limits;
        String name = UUID.randomUUID().toString();
        archive = shelf.fresh(name + ".upload");
        unpacked = shelf.fresh(name + ".contents");
        tar = shelf.fresh(name + ".tar");
    }

    synchronized Void open() throws IOException {
        refuseIfClosed();
        incoming = FileChannel.open(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return null;
    }

    synchronized Void write(byte[] piece) throws IOException {
        refuseIfClosed();
        received += piece.length;
        if (received > limits.uploadBytes()) {
            throw RefusedUpload.tooLarge("the upload has more than " + limits.uploadBytes()
                    + " bytes; send less, or raise fleet.workspaces.max-upload-bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            incoming.write(bytes);
        }
        return null;
    }

    synchronized Added finish() throws IOException {
        refuseIfClosed();
        incoming.close();
        try (Contents contents = new Contents(unpacked, limits.bytes())) {
            Tree tree = new Unpacking(limits, contents, () -> closed).read(archive);
            Files.delete(archive);
            CanonicalTar.Summary summary = write(tree, contents);
            refuseIfClosed();
            return shelf.keep(tar, summary);
        }
    }

    private CanonicalTar.Summary write(Tree tree, Contents contents) throws IOException {
        try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            CanonicalTar.Summary summary = CanonicalTar.write(tree, contents, out);
            channel.force(true);
            return summary;
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new CancellationException("the upload was given up");
        }
    }

    /** Tells work that goes on to stop, then waits for it. */
    Void close() throws IOException {
        closed = true;
        return remove();
    }

    private synchronized Void remove() throws IOException {
        if (incoming != null) {
            incoming.close();
        }
        Files.deleteIfExists(archive);
        Files.deleteIfExists(unpacked);
        Files.deleteIfExists(tar);
        return null;
    }
}

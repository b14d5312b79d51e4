package dev.fleetrunner.artifact;

import dev.fleetrunner.async.Pump;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Brings all files as a zip, made while it is asked for. The same files always make the same bytes. */
final class ZipPump implements Pump<Buffer> {
    private static final int TURN = 4 * RangePump.PIECE;
    /** The first that a zip can tell; when a file was changed is not kept. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final KeptDirectory directory;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final ZipNames names = new ZipNames();
    private Zip zip;
    private FileChannel content;
    private Iterator<ArtifactFile> files;
    private long at;
    private long end;
    private boolean inFile;

    private static final class Zip extends ZipArchiveOutputStream {
        Zip(OutputStream out) {
            super(out);
        }

        /** For one that will not be finished. */
        void free() {
            def.end();
        }
    }

    ZipPump(KeptDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Step next(Queue<Buffer> out) throws IOException {
        if (zip == null) {
            open();
        }
        boolean more = true;
        for (int work = 0; more && work < TURN && made.size() < RangePump.PIECE; work += RangePump.PIECE) {
            more = step();
        }
        if (made.size() > 0) {
            out.add(Buffer.buffer(made.toByteArray()));
            made.reset();
        }
        return more ? Step.MORE : Step.END;
    }

    private void open() throws IOException {
        List<ArtifactFile> all = directory.files();
        files = all.iterator();
        content = all.isEmpty() ? null : FileChannel.open(directory.content());
        zip = new Zip(made);
        // Deflate may make a file longer, so the large form is used well before the limit of the small one.
        boolean large = all.stream().anyMatch(file -> file.size() > Integer.MAX_VALUE);
        zip.setUseZip64(large ? Zip64Mode.Always : Zip64Mode.AsNeeded);
    }

    /** A piece of a file, or the begin or end of one; returns false after the last. */
    private boolean step() throws IOException {
        if (at < end) {
            byte[] piece = RangePump.read(content, at, (int) Math.min(RangePump.PIECE, end - at));
            zip.write(piece);
            at += piece.length;
        } else if (inFile) {
            zip.closeArchiveEntry();
            inFile = false;
        } else if (files.hasNext()) {
            begin(files.next());
        } else {
            zip.finish();
            return false;
        }
        return true;
    }

    private void begin(ArtifactFile file) throws IOException {
        var entry = new ZipArchiveEntry(names.of(file.path()));
        entry.setTimeLocal(TIME);
        entry.setSize(file.size());
        entry.setUnixMode(UnixStat.FILE_FLAG | file.mode() & UnixStat.DEFAULT_LINK_PERM);
        zip.putArchiveEntry(entry);
        at = file.offset();
        end = at + file.size();
        inFile = true;
    }

    @Override
    public void close(Runnable waiter) {
        if (zip != null) {
            zip.free();
        }
        RangePump.close(content);
    }
}

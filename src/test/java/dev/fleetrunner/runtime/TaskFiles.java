package dev.fleetrunner.runtime;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tree of files as the tar that a copy takes. */
final class TaskFiles {
    private static final int PIECE = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    private final int uid;
    private final int gid;

    private TaskFiles(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        directory("./", 0755);
    }

    static TaskFiles of(int uid, int gid) {
        return new TaskFiles(uid, gid);
    }

    TaskFiles directory(String name, int mode) {
        return entry(new TarArchiveEntry(name.endsWith("/") ? name : name + "/", TarConstants.LF_DIR), mode, "");
    }

    TaskFiles file(String name, int mode, String content) {
        return entry(new TarArchiveEntry(name), mode, content);
    }

    TaskFiles link(String name, String target) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry(entry, 0777, "");
    }

    private TaskFiles entry(TarArchiveEntry entry, int mode, String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        entry.setIds(uid, gid);
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setSize(data.length);
        try {
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The whole tar, in pieces. */
    Multi<Buffer> stream() {
        try {
            tar.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] all = bytes.toByteArray();
        return Multi.createFrom()
                .items(IntStream.iterate(0, at -> at < all.length, at -> at + PIECE)
                        .mapToObj(at -> Buffer.buffer(Arrays.copyOfRange(all, at, Math.min(all.length, at + PIECE)))));
    }

    /** The beginning of a tar with one enormous file, and what follows without an end. */
    static Multi<Buffer> endless(int uid, int gid) {
        var entry = new TarArchiveEntry("./enormous");
        entry.setIds(uid, gid);
        entry.setSize(4L << 30);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(Buffer.buffer(header)),
                        Multi.createBy()
                                .repeating()
                                .supplier(() -> Buffer.buffer(new byte[PIECE]))
                                .indefinitely());
    }
}

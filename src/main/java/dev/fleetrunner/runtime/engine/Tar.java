package dev.fleetrunner.runtime.engine;

import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A small tar in memory, for what the engine's archive calls take. */
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

    Tar directory(String path, int uid, int gid, int mode) {
        return entry(new TarArchiveEntry(path + "/", TarConstants.LF_DIR), uid, gid, mode, new byte[0]);
    }

    Tar file(String path, byte[] content, int mode) {
        return entry(new TarArchiveEntry(path), 0, 0, mode, content);
    }

    private Tar entry(TarArchiveEntry entry, int uid, int gid, int mode, byte[] content) {
        entry.setIds(uid, gid);
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setSize(content.length);
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Buffer toBuffer() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

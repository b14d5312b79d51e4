package dev.fleetrunner.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar that says whatever a test wants it to say. */
final class Tars {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    private long mtime;

    Tars() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** Long names as GNU tar writes them. */
    Tars gnu() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        return this;
    }

    /** When everything that follows was changed, in seconds. */
    Tars at(long seconds) {
        mtime = seconds;
        return this;
    }

    Tars directory(String name, int mode) {
        return put(new TarArchiveEntry(name + "/", TarConstants.LF_DIR, true), mode, new byte[0]);
    }

    Tars directory(String name) {
        return directory(name, 0755);
    }

    Tars file(String name, String content) {
        return file(name, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    Tars file(String name, int mode, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        entry.setUserName("somebody");
        entry.setIds(4711, 4712);
        return put(entry, mode, content);
    }

    Tars symlink(String name, String target) {
        return link(TarConstants.LF_SYMLINK, name, target);
    }

    Tars hardLink(String name, String target) {
        return link(TarConstants.LF_LINK, name, target);
    }

    private Tars link(byte type, String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return put(entry, 0777, new byte[0]);
    }

    Tars special(byte type, String name) {
        return put(new TarArchiveEntry(name, type, true), 0644, new byte[0]);
    }

    private Tars put(TarArchiveEntry entry, int mode, byte[] content) {
        entry.setModTime(mtime * 1000);
        entry.setMode(mode);
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] toBytes() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] toGzip() {
        return gzip(toBytes());
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** With the checksum of its first header made right. */
    static byte[] withChecksum(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        long sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xFF;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, 148, digits.length);
        return tar;
    }
}

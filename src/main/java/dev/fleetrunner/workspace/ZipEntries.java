package dev.fleetrunner.workspace;

import dev.fleetrunner.workspace.Entry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** The entries of a zip, in the order of its directory, with modes and links as Unix writes them. */
final class ZipEntries implements Entries {
    private static final int FILE_MODE = 0644;
    private static final int TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;
    /** More than any link may have; as much is read, and refused later. */
    private static final int LINK_BYTES = 8192;

    private final ZipFile zip;
    private final Enumeration<ZipArchiveEntry> entries;
    private final CRC32 sum = new CRC32();
    private ZipArchiveEntry entry;
    private InputStream content;
    private long count;

    ZipEntries(Path file, int maxEntries) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            DirectoryGuard guard = new DirectoryGuard(channel, maxEntries);
            zip = ZipFile.builder()
                    .setSeekableByteChannel(guard)
                    .setCharset(StandardCharsets.UTF_8)
                    .setIgnoreLocalFileHeader(true)
                    .get();
            guard.open();
            entries = zip.getEntries();
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public Optional<Entry> next() throws IOException {
        leave();
        if (!entries.hasMoreElements()) {
            return Optional.empty();
        }
        entry = entries.nextElement();
        String name = name();
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw RefusedUpload.entry(name, "is encrypted; pack without a password");
        }
        if (entry.getMethod() != ZipMethod.STORED.getCode() && entry.getMethod() != ZipMethod.DEFLATED.getCode()) {
            throw RefusedUpload.entry(
                    name, "is compressed by method " + entry.getMethod() + "; pack with deflate, or uncompressed");
        }
        content = zip.getInputStream(entry);
        count = 0;
        sum.reset();
        Kind kind = kind();
        int mode = entry.getUnixMode() & UnixStat.PERM_MASK;
        if (mode == 0) {
            mode = kind == Kind.DIRECTORY ? Node.Directory.USUAL_MODE : FILE_MODE;
        }
        String link = kind == Kind.SYMLINK ? link() : "";
        return Optional.of(new Entry(name, kind, link, mode, entry.getTime() / 1000, entry.getSize()));
    }

    /** The reader makes a ? of bytes that are no UTF-8; here they stay recognisable. */
    private String name() {
        String plain = new String(entry.getRawName(), StandardCharsets.UTF_8);
        boolean lost = plain.indexOf(EntryName.UNREADABLE) >= 0
                && entry.getNameSource() != ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD;
        return lost ? plain : entry.getName();
    }

    private Kind kind() {
        return switch (entry.getUnixMode() & TYPE) {
            case UnixStat.LINK_FLAG -> Kind.SYMLINK;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> Kind.DEVICE;
            case FIFO -> Kind.FIFO;
            case SOCKET -> Kind.SOCKET;
            case UnixStat.DIR_FLAG -> Kind.DIRECTORY;
            case 0, UnixStat.FILE_FLAG -> entry.isDirectory() ? Kind.DIRECTORY : Kind.FILE;
            default -> Kind.OTHER;
        };
    }

    private String link() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        byte[] buffer = new byte[512];
        for (int some = read(buffer); some >= 0 && target.size() < LINK_BYTES; some = read(buffer)) {
            target.write(buffer, 0, some);
        }
        return target.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        int some = content.read(buffer);
        if (some >= 0) {
            sum.update(buffer, 0, some);
            count += some;
        } else if (count != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw RefusedUpload.entry(name(), "is damaged: its checksum is wrong; upload the archive again");
        }
        return some;
    }

    private void leave() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }

    @Override
    public void close() throws IOException {
        leave();
        zip.close();
    }
}

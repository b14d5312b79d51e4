package dev.fleetrunner.workspace;

import dev.fleetrunner.workspace.Entry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The entries of a tar, ustar, GNU or PAX. */
final class TarEntries implements Entries {
    /** What may stand behind the end, where tars are filled up to whole records. */
    private static final int BEHIND = 1 << 20;

    private final Heads heads;
    private final Tar tar;

    /** Tells whether the tar said its end, as one that was cut off does not. */
    private static final class Tar extends TarArchiveInputStream {
        private boolean ended;

        Tar(InputStream in) {
            // A character for each byte: told that they are UTF-8, it would make a ? of each one that is not.
            super(in, StandardCharsets.ISO_8859_1.name());
        }

        @Override
        protected boolean isEOFRecord(byte[] block) {
            boolean end = super.isEOFRecord(block);
            ended |= end && block != null;
            return end;
        }
    }

    TarEntries(InputStream in) {
        heads = new Heads(in);
        tar = new Tar(heads);
    }

    @Override
    public Optional<Entry> next() throws IOException {
        heads.listen();
        TarArchiveEntry entry = tar.getNextEntry();
        heads.stop();
        if (entry == null) {
            end();
            return Optional.empty();
        }
        Heads.Said said = heads.said();
        return Optional.of(new Entry(
                said.name(entry.getName()),
                kind(entry),
                said.link(entry.getLinkName()),
                entry.getMode(),
                entry.getLastModifiedTime().to(TimeUnit.SECONDS),
                entry.getRealSize()));
    }

    /** Reads to the very end: only there does gzip tell whether all came as it was sent. */
    private void end() throws IOException {
        if (!tar.ended) {
            throw RefusedUpload.archive("the archive ends too early; upload it again, whole");
        }
        byte[] buffer = new byte[8192];
        int behind = 0;
        for (int count = heads.read(buffer); count >= 0; count = heads.read(buffer)) {
            behind += count;
            if (behind > BEHIND) {
                throw RefusedUpload.archive("the archive goes on behind its end; upload one archive alone");
            }
        }
    }

    private static Kind kind(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL,
                    TarConstants.LF_OLDNORM,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_GNUTYPE_SPARSE -> entry.getName().endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
            case TarConstants.LF_LINK -> Kind.HARD_LINK;
            case TarConstants.LF_SYMLINK -> Kind.SYMLINK;
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> Kind.DEVICE;
            case TarConstants.LF_DIR -> Kind.DIRECTORY;
            case TarConstants.LF_FIFO -> Kind.FIFO;
            default -> Kind.OTHER;
        };
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        return tar.read(buffer, 0, buffer.length);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}

package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;

/** A few megabytes that become many: refused in time, with no more on disk than the limit. */
class BombTest extends WithWorkspaceStore {
    private static final long TEN_GB = 10L << 30;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aTarThatSaysWhatItIsIsNotUnpackedAtAll() {
        byte[] header = Arrays.copyOf(new Tars().file("zeros", "").toBytes(), 512);
        TarUtils.formatLongOctalOrBinaryBytes(TEN_GB, header, 124, 12);

        RefusedUpload refusal = refused(Tars.gzip(Tars.withChecksum(header)));

        assertThat(refusal).hasMessageContaining("when they are unpacked");
        assertThat(refusal.isTooLarge()).isTrue();
    }

    @Test
    void aZipThatLiesAboutItsSizeIsStoppedAtTheLimit() throws IOException {
        byte[] zip = zeros(256 << 20);
        int directory = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        Arrays.fill(zip, directory + 24, directory + 28, (byte) 1);

        assertTimeoutPreemptively(LIMIT, () -> assertThat(refused(zip)).hasMessageContaining("when they are unpacked"));
    }

    @Test
    void behindTheEndOfATarNothingIsUnpackedForLong() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 500; i++) {
                gzip.write(zeros);
            }
        }

        assertTimeoutPreemptively(
                LIMIT, () -> assertThat(refused(packed.toByteArray())).hasMessageContaining("behind its end"));
    }

    private static byte[] zeros(long size) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] piece = new byte[1 << 20];
            CRC32 sum = new CRC32();
            for (long at = 0; at < size; at += piece.length) {
                zip.write(piece);
                sum.update(piece);
            }
            zip.closeEntry();
        }
        return packed.toByteArray();
    }
}

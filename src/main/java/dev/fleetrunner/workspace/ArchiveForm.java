package dev.fleetrunner.workspace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** What kind of archive a file is. Its content tells, as names and types are often wrong. */
enum ArchiveForm {
    TAR,
    TAR_GZ,
    ZIP;

    private static final int BLOCK = 512;
    private static final int BUFFER = 64 * 1024;

    static ArchiveForm of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(BLOCK);
            if (start.length == 0) {
                throw RefusedUpload.archive("the upload is empty; send a tar, a tar.gz or a zip");
            }
            if (begins(start, 0x1F, 0x8B)) {
                return TAR_GZ;
            }
            // The second one is how a zip without entries begins.
            if (begins(start, 'P', 'K', 3, 4) || begins(start, 'P', 'K', 5, 6)) {
                return ZIP;
            }
            if (isTar(start)) {
                return TAR;
            }
            throw RefusedUpload.archive("the upload is no archive that is known here; send a tar, a tar.gz or a zip");
        }
    }

    private static boolean begins(byte[] start, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= start.length || (start[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** By the checksum of the first header, which the oldest tars have, too; or it has no entries. */
    private static boolean isTar(byte[] start) {
        if (start.length < BLOCK) {
            return false;
        }
        int bits = 0;
        for (byte some : start) {
            bits |= some;
        }
        try {
            return bits == 0 || TarUtils.verifyCheckSum(start);
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }

    Entries open(Path file, int maxEntries) throws IOException {
        if (this == ZIP) {
            return new ZipEntries(file, maxEntries);
        }
        InputStream in = Files.newInputStream(file);
        try {
            return new TarEntries(
                    this == TAR
                            ? new BufferedInputStream(in, BUFFER)
                            : new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER));
        } catch (IOException | RuntimeException failure) {
            in.close();
            throw failure;
        }
    }
}

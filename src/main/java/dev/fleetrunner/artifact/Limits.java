package dev.fleetrunner.artifact;

import java.time.Duration;

/**
 * How much of one task is kept, all its declared paths together.
 *
 * @param files how many files
 * @param bytes of all files together; a hard link counts as a file of its own
 * @param fileBytes of one file
 * @param manifestBytes of the list of files, where long names weigh
 * @param scannedBytes of tar that are looked through, kept or not: what bounds the time
 * @param silence how long an archive may send nothing before it is given up
 */
public record Limits(int files, long bytes, long fileBytes, long manifestBytes, long scannedBytes, Duration silence) {
    private static final long KI = 1 << 10;
    private static final long MI = 1 << 20;
    private static final long GI = 1 << 30;

    public static final Limits DEFAULT = new Limits(10_000, GI, GI, 16 * MI, 16 * GI, Duration.ofMinutes(1));

    /** Limits of what is kept; what follows from them grows along. */
    public static Limits of(int files, long bytes, long fileBytes) {
        return new Limits(
                files,
                bytes,
                fileBytes,
                Math.max(DEFAULT.manifestBytes, files * KI),
                Math.max(DEFAULT.scannedBytes, bytes),
                DEFAULT.silence);
    }

    public Limits {
        if (files < 0 || bytes < 0 || fileBytes < 0 || manifestBytes < 0 || scannedBytes < 0) {
            throw new IllegalArgumentException("limits must be at least 0");
        }
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("silence must be more than 0");
        }
    }
}

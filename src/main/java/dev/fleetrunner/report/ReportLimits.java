package dev.fleetrunner.report;

import java.time.Duration;

/**
 * How much work the reports of one task may cause.
 *
 * @param fileBytes a larger file is not read
 * @param totalBytes read from all files together
 * @param time for all files together
 */
public record ReportLimits(long fileBytes, long totalBytes, Duration time) {
    /** 64 MiB a file, 512 MiB in all, 30 seconds. */
    public static final ReportLimits DEFAULT = new ReportLimits(64L << 20, 512L << 20, Duration.ofSeconds(30));
}

package dev.fleetrunner.contract;

import java.util.List;

/**
 * What a task left behind.
 *
 * @param logsRef URI of the log; null if the task never had one
 * @param logBytes bytes that the command wrote to stdout and stderr, before any cap
 * @param logTruncated whether the log was cut at its cap
 * @param artifacts what was collected
 */
public record Captured(String logsRef, long logBytes, boolean logTruncated, List<Artifact> artifacts) {

    public static final Captured NOTHING = new Captured(null, 0, false, List.of());

    public Captured {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * One collected file or directory.
     *
     * @param path its path in the container
     * @param ref URI of where it is kept
     * @param files how many files
     * @param sizeBytes their size
     * @param sha256 of the file, or of a directory's sorted manifest, in hexadecimal
     */
    public record Artifact(String path, String ref, int files, long sizeBytes, String sha256) {}
}

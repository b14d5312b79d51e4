package dev.fleetrunner.workspace;

/**
 * How much one upload may be.
 *
 * @param uploadBytes of the archive as it comes
 * @param bytes of all its files together, unpacked; a hard link costs nothing
 * @param entries of the archive, directories that it implies included
 */
public record Limits(long uploadBytes, long bytes, int entries) {
    public Limits {
        if (uploadBytes < 0 || bytes < 0 || entries < 0) {
            throw new IllegalArgumentException("limits must be at least 0");
        }
    }
}

package dev.fleetrunner.artifact;

/**
 * One file that is kept.
 *
 * @param path in the container, without the leading slash; bytes of it that are no UTF-8 are told as {@code %FF}
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal
 * @param mode its permission bits in the container
 * @param offset where its content begins in the task's content file; that of hard links is the same
 */
public record ArtifactFile(String path, long size, String sha256, int mode, long offset) {

    /** The same content under another path. */
    ArtifactFile at(String otherPath) {
        return new ArtifactFile(otherPath, size, sha256, mode, offset);
    }
}

package dev.fleetrunner.workspace;

import java.time.Instant;

/**
 * Files that tasks can begin with. Tasks get copies; this one never changes.
 *
 * @param id {@code ws-} and 32 hexadecimal digits, the same for the same content
 * @param files how many names of files there are; directories and symbolic links are not counted
 * @param sizeBytes of the files, unpacked; one with several names counts once
 * @param keptBytes what it takes on the service's disk
 * @param createdAt when its content came first
 * @param lastUsed when it was last uploaded, or taken by a task
 */
public record Workspace(String id, int files, long sizeBytes, long keptBytes, Instant createdAt, Instant lastUsed) {}

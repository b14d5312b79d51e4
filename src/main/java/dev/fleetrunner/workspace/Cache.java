package dev.fleetrunner.workspace;

import java.time.Instant;

/**
 * A directory that an owner's tasks keep between them.
 *
 * @param key 40 hexadecimal digits, the same for the same owner, name and user
 * @param owner who asked for it
 * @param name as the spec has it
 * @param user whose files are in it, as the spec has it
 * @param lastUsed when a task last asked for it
 */
public record Cache(String key, String owner, String name, String user, Instant lastUsed) {}

package dev.fleetrunner.policy;

/**
 * What a policy changes of a spec.
 *
 * @param pointer where, as a JSON pointer (RFC 6901)
 * @param from as it was, or would have been by default; null for nothing
 * @param to as it is now; null for nothing
 * @param reason why
 */
public record Change(String pointer, String from, String to, String reason) {}

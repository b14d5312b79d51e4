package dev.fleetrunner.contract;

/**
 * One fault of a document.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole document
 * @param message what is wrong
 * @param remedy what would be right
 */
public record Fault(String pointer, String message, String remedy) {}

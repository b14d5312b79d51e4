package dev.fleetrunner.cli.config;

/**
 * A service by its name in the configuration.
 *
 * @param url its address; null for the default
 * @param token what opens it; null if it is in a file or there is none
 * @param tokenFile a file that has it; null if there is none
 */
public record Context(String url, String token, String tokenFile) {}

package dev.fleetrunner.cli.config;

/**
 * What the options say of the service; each is null where it was not given.
 *
 * @param context its name in the configuration
 */
public record Given(String url, String token, String context) {}

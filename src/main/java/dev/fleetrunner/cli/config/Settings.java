package dev.fleetrunner.cli.config;

/**
 * Which service to call.
 *
 * @param url its address, without a slash at the end
 * @param token what opens it; null for none
 */
public record Settings(String url, String token) {}

package dev.fleetrunner.workspace;

/**
 * What became of an upload.
 *
 * @param created false if its content was known already
 */
public record Added(Workspace workspace, boolean created) {}

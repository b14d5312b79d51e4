package dev.fleetrunner.runtime.engine.gateway;

/**
 * What the operator sets for all tasks that have an engine.
 *
 * @param containers how many a task may have at once; of networks as many, of volumes twice that
 * @param pull whether images that are absent may be pulled
 * @param reachHost whether containers may reach the engine's machine where it cannot be kept from them
 */
public record GatewayLimits(int containers, boolean pull, boolean reachHost) {
    /** Ten containers, no pulls, nothing reached. */
    public static final GatewayLimits DEFAULT = new GatewayLimits(10, false, false);
}

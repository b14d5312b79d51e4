package dev.fleetrunner.mcp.call;

import dev.fleetrunner.contract.Caller;

/**
 * One call of a tool.
 *
 * @param caller who asks
 * @param arguments what for
 * @param client who waits for the answer
 */
public record ToolCall(Caller caller, Arguments arguments, Client client) {}

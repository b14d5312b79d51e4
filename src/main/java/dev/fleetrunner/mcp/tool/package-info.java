/** The tools, one class each; what clients are told of them is in {@code resources/mcp/tools}. */
package dev.fleetrunner.mcp.tool;

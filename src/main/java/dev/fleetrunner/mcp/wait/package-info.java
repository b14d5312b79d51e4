/** Waiting for a task within a call, while its client is told how it goes. */
package dev.fleetrunner.mcp.wait;

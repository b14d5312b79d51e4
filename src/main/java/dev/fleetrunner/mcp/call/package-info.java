/** One call of a tool: who asks for what, how it is told, and what a failure becomes. */
package dev.fleetrunner.mcp.call;

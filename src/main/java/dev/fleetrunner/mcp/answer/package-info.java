/** Answers that fit an agent's head: what matters first, within a budget of bytes, with a handle for the exact rest. */
package dev.fleetrunner.mcp.answer;

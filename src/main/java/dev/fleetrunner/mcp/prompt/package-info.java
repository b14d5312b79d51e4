/** Prompts for the common jobs. */
package dev.fleetrunner.mcp.prompt;

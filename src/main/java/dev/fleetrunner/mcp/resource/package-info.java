/** What agents read by address: results, logs, files and schemas. */
package dev.fleetrunner.mcp.resource;

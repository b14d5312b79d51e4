/** The Model Context Protocol over standard input and output, handed on to a service that speaks it over HTTP. */
package dev.fleetrunner.cli.mcp;

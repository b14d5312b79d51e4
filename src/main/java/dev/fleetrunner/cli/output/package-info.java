/** What is written where: the streams, tables, colours, progress. */
package dev.fleetrunner.cli.output;

/** The commands, each a class. */
package dev.fleetrunner.cli.command;

/**
 * The door for scripts and for people at a terminal: the command {@code fleet}, a client of the REST interface. It needs
 * nothing of the service: what it knows of answers is their JSON, so it works with services older and newer than itself.
 *
 * <p>A command is a class in {@code command} and a line in {@link dev.fleetrunner.cli.Fleet}.
 */
package dev.fleetrunner.cli;

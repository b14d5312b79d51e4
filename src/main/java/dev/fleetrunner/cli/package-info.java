/**
 * The door for scripts and for people at a terminal: the command {@code fleet}, a client of the REST interface. It needs
 * nothing of the service: what it knows of answers is their JSON, so it works with services older and newer than itself.
 *
 * <p>A command is a class in {@code command} and a line in {@code Commands}. One that wants the service in
 * its own process, as {@code run --local} does, takes a {@link dev.fleetrunner.cli.local.LocalService}; the script in front of the file
 * ({@code src/main/fleet/stub.sh}) knows them by their option {@code --local}.
 */
package dev.fleetrunner.cli;

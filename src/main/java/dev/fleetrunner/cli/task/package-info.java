/** A task from here on: its log, its end, its exit code, Ctrl-C. */
package dev.fleetrunner.cli.task;

/** The list of tasks. */
package dev.fleetrunner.console.tasks;

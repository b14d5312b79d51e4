/** What goes on right now: what runs, what waits, what became of today's tasks, and what is left of the machine. */
package dev.fleetrunner.console.overview;

/** One task. */
package dev.fleetrunner.console.task;

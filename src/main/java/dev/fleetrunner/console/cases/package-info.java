/** One case of the callers: its tasks in their order, and what changed from one to the next. */
package dev.fleetrunner.console.cases;

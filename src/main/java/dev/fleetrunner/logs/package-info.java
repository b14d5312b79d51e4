/**
 * What a task's command wrote: records on disk as they arrive, read by anybody at any speed, live or later.
 */
package dev.fleetrunner.logs;

/**
 * A task's life: the events that are written down about it, the states they lead to, and the one table of transitions.
 * Plain types without a framework or I/O; the pipeline makes events, the store keeps them, every view folds them.
 */
package dev.fleetrunner.task;

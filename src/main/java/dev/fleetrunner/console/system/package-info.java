/** The service itself: runtimes, versions, store, disk, queue, and how it is set. */
package dev.fleetrunner.console.system;

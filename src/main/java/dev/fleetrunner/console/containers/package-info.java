/** The containers that are ours, on every runtime. */
package dev.fleetrunner.console.containers;

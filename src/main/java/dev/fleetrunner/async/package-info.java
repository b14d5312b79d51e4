/** What Mutiny leaves open. */
package dev.fleetrunner.async;

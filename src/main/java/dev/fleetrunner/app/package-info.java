/**
 * Puts the service together: settings, and the objects of all floors wired to each other. The only place that knows
 * them all.
 */
package dev.fleetrunner.app;

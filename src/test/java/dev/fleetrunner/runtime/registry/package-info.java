/** Registries of packages on this machine, in the place of those outside. */
package dev.fleetrunner.runtime.registry;

/** The service inside this process, for one task. */
package dev.fleetrunner.cli.local;

/** Files in and out. */
package dev.fleetrunner.cli.files;

/** How a TaskSpec is given on a command line. */
package dev.fleetrunner.cli.spec;

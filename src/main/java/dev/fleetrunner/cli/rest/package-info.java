/** The client of the REST interface: calls, answers, refusals. */
package dev.fleetrunner.cli.rest;

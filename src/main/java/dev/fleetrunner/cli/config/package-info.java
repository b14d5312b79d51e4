/** Which service to call, and with which token: options, environment, contexts. */
package dev.fleetrunner.cli.config;

/** Logs as people read them: colours, streams, live. */
package dev.fleetrunner.console.log;

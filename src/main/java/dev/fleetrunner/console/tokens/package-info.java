/** The tokens: which there are, a new one, revoking. */
package dev.fleetrunner.console.tokens;

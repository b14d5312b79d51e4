/** The policy in force. */
package dev.fleetrunner.console.policy;

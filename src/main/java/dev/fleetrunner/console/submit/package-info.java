/** A new task: the form over the contract, the same as JSON, faults at their fields, what the policy says of it. */
package dev.fleetrunner.console.submit;

/** What a task may ask for, beyond what the contract can say. */
package dev.fleetrunner.policy;

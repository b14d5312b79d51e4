/**
 * The only way out of a container without a network: a proxy for each task, at a unix socket of its own, that lets through
 * what the task's rules name. {@code docs/network.md} says what it protects.
 */
package dev.fleetrunner.egress;

/**
 * The engine that a task sees: a small part of the engine's HTTP API on a unix socket of the task's own, through which it
 * makes and reaches its own containers, networks and volumes, and nothing else.
 */
package dev.fleetrunner.runtime.engine.gateway;

/**
 * The door for people: pages that a browser shows, made on the server. Reading works without JavaScript; with it, lists
 * and logs stay up to date. Everything that a task or its caller wrote is escaped by the templates.
 */
package dev.fleetrunner.console;

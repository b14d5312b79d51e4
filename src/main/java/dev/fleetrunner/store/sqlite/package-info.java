/**
 * The embedded store: one SQLite file, written by one serial writer that commits all waiting appends together, read by
 * a small pool. All of its work runs on the worker executor that it is given.
 */
package dev.fleetrunner.store.sqlite;

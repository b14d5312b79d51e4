/**
 * The truth: a journal of events and an index over it, behind two small interfaces. {@code StoreContract} in the tests
 * is the definition of an implementation.
 */
package dev.fleetrunner.store;

/**
 * The truth: a journal of events, an index over it, and the audit, behind three small interfaces. {@code StoreContract} in
 * the tests is the definition of an implementation.
 */
package dev.fleetrunner.store;

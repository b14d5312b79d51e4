/**
 * The truth: a journal of events, an index over it, the audit, and the tokens that were given out, behind small
 * interfaces. {@code StoreContract} in the tests is the definition of an implementation.
 */
package dev.fleetrunner.store;

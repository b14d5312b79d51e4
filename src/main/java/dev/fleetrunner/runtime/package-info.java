/**
 * What runs containers, behind one small interface. {@code RuntimeContract} in the tests is the definition of an
 * implementation; a runtime knows nothing of stores or doors.
 */
package dev.fleetrunner.runtime;

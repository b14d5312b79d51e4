/**
 * Who did what, when, from where, and what came of it: entries in a chain of hashes that another program can check.
 * {@code docs/audit.md} has the exact form.
 */
package dev.fleetrunner.audit;

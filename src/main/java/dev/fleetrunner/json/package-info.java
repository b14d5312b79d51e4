/**
 * The contract as JSON: reading a spec strictly with every fault at once, writing it in one canonical form, and mapping
 * results and events. Knows Jackson and the ground floor, nothing else. {@code docs/contract.md} says the same in
 * prose, {@code schema/*.schema.json} for machines; tests hold the three together.
 */
package dev.fleetrunner.json;

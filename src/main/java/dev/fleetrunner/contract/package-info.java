/**
 * The contract: what an agent hands in and what it gets back. Plain records without a framework, so that every door,
 * runtime and client can share them. {@code docs/contract.md} is the same in prose, {@code examples/*.schema.json} as
 * JSON Schema.
 */
package dev.fleetrunner.contract;

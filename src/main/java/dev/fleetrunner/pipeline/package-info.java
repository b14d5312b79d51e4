/**
 * The work: from a document that a caller handed in to the result that it gets back. {@link
 * dev.fleetrunner.pipeline.Tasks} has the use cases that all doors share; admission, queue and run are the stages.
 */
package dev.fleetrunner.pipeline;

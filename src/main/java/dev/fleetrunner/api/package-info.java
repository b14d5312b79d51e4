/** The REST door: translates between HTTP and the pipeline's use cases, and nothing else. */
package dev.fleetrunner.api;

/**
 * What is kept how long. A {@link dev.fleetrunner.pipeline.retention.Shelf} lists what it keeps and lets go of one thing;
 * a {@link dev.fleetrunner.pipeline.retention.Rule} says how much may stay; {@link
 * dev.fleetrunner.pipeline.retention.Retention} removes the oldest until each rule holds.
 */
package dev.fleetrunner.pipeline.retention;

/**
 * What a task's test and coverage reports say. Whoever wrote them may be hostile: everything is streamed, and bounded in
 * size, time and memory.
 */
package dev.fleetrunner.report;

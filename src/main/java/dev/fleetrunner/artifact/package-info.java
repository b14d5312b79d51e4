/**
 * What a task leaves behind: declared paths are taken out of its container as tar streams and kept, whatever is in them.
 * The tree of a task is hostile until shown otherwise. None of its names ever becomes a name on the host.
 */
package dev.fleetrunner.artifact;

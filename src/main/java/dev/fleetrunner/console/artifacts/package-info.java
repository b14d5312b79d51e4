/** What a task left behind: a tree of files, and a look into each of them that runs nothing of it. */
package dev.fleetrunner.console.artifacts;

/**
 * The files that tasks begin with, and the names of what they keep between them: uploads are taken apart with distrust,
 * checked, and kept once per content. No name of an upload ever becomes a name on the host.
 */
package dev.fleetrunner.workspace;

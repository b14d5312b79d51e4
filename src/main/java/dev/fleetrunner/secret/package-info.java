/**
 * What tasks may know and nobody may see: where secrets come from, and how they are kept out of what a task leaves behind.
 * Nothing here is ever written down.
 */
package dev.fleetrunner.secret;

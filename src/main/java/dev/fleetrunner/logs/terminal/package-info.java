/** Output that was meant for a terminal, made readable elsewhere. */
package dev.fleetrunner.logs.terminal;

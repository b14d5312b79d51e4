/** Who asks: tokens for programs, sessions for browsers. */
package dev.fleetrunner.security;

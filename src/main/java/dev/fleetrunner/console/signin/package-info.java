/** Signing in and out, with a token or with an account elsewhere. */
package dev.fleetrunner.console.signin;

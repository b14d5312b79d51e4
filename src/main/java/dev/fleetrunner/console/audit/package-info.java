/** Who did what. */
package dev.fleetrunner.console.audit;

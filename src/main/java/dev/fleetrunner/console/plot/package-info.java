/** Figures over time as SVG, drawn on the server: attributes only, as the content policy allows no inline style. */
package dev.fleetrunner.console.plot;

/** How files are laid out in the data directory. */
package dev.fleetrunner.files;

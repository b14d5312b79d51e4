/**
 * Podman and Docker: one client of the Docker Engine API over the engine's unix socket. What differs between the two is
 * in {@link dev.fleetrunner.runtime.engine.Dialect} and nowhere else.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 * @see <a href="https://docs.podman.io/en/latest/_static/api.html">Podman's compatible API</a>
 */
package dev.fleetrunner.runtime.engine;

package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the operator sets of the sockets that tasks may use.
 *
 * @param directory below which each task has a directory for its sockets; the engine sees it at the same path
 * @param engines what tasks may do with engines of their own
 * @param egress what tasks may reach
 * @param worker for files and programs
 */
public record OutletSettings(Path directory, GatewayLimits engines, Egress egress, Executor worker) {}

package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import java.util.concurrent.Executor;

/**
 * What the operator sets of the sockets that tasks may use.
 *
 * @param egress what tasks may reach, and where their sockets are
 * @param engines what tasks may do with engines of their own
 * @param worker for files and programs
 */
public record OutletSettings(Egress egress, GatewayLimits engines, Executor worker) {}

package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;
import static dev.fleetrunner.contract.TaskSpec.DEFAULT_ISOLATION;

import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one engine cannot keep of a spec. It is asked before anything is made. */
final class SpecCheck {
    private SpecCheck() {}

    /** What the spec names must be kept; a default that cannot be shows in the receipt. */
    static Optional<RuntimeFailure> refuse(ContainerSpec spec, EngineApi api, Walls walls) {
        return wall(spec, api, walls)
                .or(() -> network(spec, api, walls))
                .or(() -> engine(spec))
                .or(() -> limits(spec, api))
                .map(message -> new RuntimeFailure(NOT_SUPPORTED, message));
    }

    private static Optional<String> wall(ContainerSpec spec, EngineApi api, Walls walls) {
        return unless(
                walls.given(api).contains(spec.isolation()),
                "isolation " + spec.isolation() + " is not what " + walls.runtimeName() + " gives: "
                        + String.join(", ", walls.given(api)));
    }

    /** The way out is a socket. Without it, the task would find out late and by a puzzling error. */
    private static Optional<String> network(ContainerSpec spec, EngineApi api, Walls walls) {
        Optional<Wall> closed = walls.keepingFromSockets(api, spec.isolation());
        return unless(
                spec.network().mode() != Mode.RESTRICTED || closed.isEmpty(),
                "network.mode restricted needs a socket of the runner's, which isolation "
                        + closed.map(Wall::name).orElse("")
                        + " keeps the task from. Choose network.mode none or another"
                        + " isolation; or let the operator set host-uds=open for the wall's runtime and"
                        + " fleet.isolation." + closed.map(Wall::name).orElse("")
                        + ".sockets=true, see docs/isolation.md");
    }

    private static Optional<String> engine(ContainerSpec spec) {
        return unless(
                !spec.engine() || spec.isolation().equals(DEFAULT_ISOLATION),
                "engine: the containers that the task makes would not be behind isolation " + spec.isolation()
                        + ". Choose engine false or isolation default");
    }

    private static Optional<String> limits(ContainerSpec spec, EngineApi api) {
        Set<String> broken = new TreeSet<>(spec.named());
        broken.retainAll(api.unenforced());
        return unless(
                broken.isEmpty(),
                "this engine does not enforce " + String.join(", ", broken) + ", which the spec names");
    }

    private static Optional<String> unless(boolean kept, String message) {
        return kept ? Optional.empty() : Optional.of(message);
    }
}

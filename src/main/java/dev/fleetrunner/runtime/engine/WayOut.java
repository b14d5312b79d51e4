package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.egress.Denial;
import dev.fleetrunner.egress.Denied;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The way out of containers that may reach only some hosts: a directory of sockets, mounted into the container. */
final class WayOut {
    private final EngineClient client;
    private final Egress egress;

    WayOut(EngineClient client, Egress egress) {
        this.client = client;
        this.egress = egress;
    }

    static boolean isFor(ContainerSpec spec) {
        return spec.network().mode() == Mode.RESTRICTED;
    }

    /** Opens it. Emits the directory to mount, or null for a task without one. */
    Uni<Path> open(ContainerSpec spec) {
        if (!isFor(spec)) {
            return Uni.createFrom().nullItem();
        }
        return egress.open(spec.taskId(), spec.network().allow())
                .onFailure()
                .transform(failure -> new RuntimeFailure(
                        ENGINE_FAILED,
                        "the task's way out cannot be opened in fleet.socket-dir: " + failure.getMessage(),
                        failure));
    }

    /**
     * Fails with {@code NOT_SUPPORTED} unless the engine sees the socket in the container that it has made: one on another
     * machine, or beside a service that is in a container itself, may see an empty directory there, or none.
     */
    Uni<Void> check(String uri, Path directory) {
        if (directory == null) {
            return Uni.createFrom().voidItem();
        }
        String socket = Names.SOCKETS + "/tcp-" + Egress.PORT;
        return client.head(uri + "/archive?path=" + EngineClient.encode(socket))
                .invoke(answer -> {
                    if (!answer.ok()) {
                        throw unseen(directory);
                    }
                })
                .replaceWithVoid();
    }

    /** What the engine says of a container that it could not make; a directory that it does not see has its own remedy. */
    RuntimeFailure explain(RuntimeFailure failure, Path directory) {
        return directory != null && failure.reason().message().contains(directory.toString())
                ? unseen(directory)
                : failure;
    }

    private static RuntimeFailure unseen(Path directory) {
        return new RuntimeFailure(
                NOT_SUPPORTED,
                "network.mode restricted: the engine does not see " + directory + " as this service does; set"
                        + " fleet.socket-dir to a directory that both see at the same path");
    }

    /** Opens it again for a container that an earlier life of the runner had started, by what the container says of itself. */
    Uni<Void> adopt(ContainerRef ref, JsonNode container) {
        JsonNode rules = container.path("Config").path("Labels").path(Names.LABEL_EGRESS);
        return rules.isMissingNode()
                ? Uni.createFrom().voidItem()
                : egress.open(ref.taskId(), rules(rules.asText()))
                        .onFailure()
                        .transform(failure -> new RuntimeFailure(
                                ENGINE_FAILED,
                                "the task's way out cannot be opened again: " + failure.getMessage(),
                                failure))
                        .replaceWithVoid();
    }

    /** The rules as a label's value. */
    static String label(ContainerSpec spec) {
        return String.join(",", spec.network().allow());
    }

    private static List<String> rules(String label) {
        return Arrays.stream(label.split(",")).filter(rule -> !rule.isEmpty()).toList();
    }

    Uni<DeniedHosts> denied(ContainerRef ref) {
        return egress.denied(ref.taskId()).map(WayOut::told);
    }

    private static DeniedHosts told(Denied denied) {
        List<String> notes = new ArrayList<>();
        denied.hosts().stream()
                .filter(denial -> !denial.ruleHelps())
                .map(Denial::words)
                .forEach(notes::add);
        if (denied.more()) {
            notes.add("more hosts were denied than the " + denied.hosts().size() + " in deniedHosts");
        }
        return new DeniedHosts(denied.hosts().stream().map(Denial::host).toList(), notes);
    }

    Uni<Void> close(ContainerRef ref) {
        return egress.close(ref.taskId());
    }
}

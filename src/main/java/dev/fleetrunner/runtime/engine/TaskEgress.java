package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.egress.EgressProxy;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHost;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Opens a proxy for each task that may reach named hosts. Its rules are on the container, for the next life. */
final class TaskEgress implements AutoCloseable {
    private static final String SOCKET = "tcp-" + EgressEnvironment.PORT;
    private static final String DENIED = "denied";
    private static final String SEPARATOR = " ";

    private final Vertx vertx;
    private final Egress egress;
    private final TaskSockets sockets;
    private final Executor worker;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(EgressProxy proxy, Denials denials) {}

    TaskEgress(Vertx vertx, Egress egress, TaskSockets sockets, Executor worker) {
        this.vertx = vertx;
        this.egress = egress;
        this.sockets = sockets;
        this.worker = worker;
    }

    static boolean isFor(ContainerSpec spec) {
        return spec.network().mode() == Mode.RESTRICTED;
    }

    /** The label's value. */
    static String label(ContainerSpec spec) {
        return String.join(SEPARATOR, spec.network().allow());
    }

    Uni<Void> open(ContainerSpec spec) {
        return isFor(spec)
                ? open(spec.taskId(), spec.network().allow())
                : Uni.createFrom().voidItem();
    }

    /** Opens it again for a container of an earlier life, or of an engine that was away. */
    Uni<Void> reopen(ContainerRef ref, JsonNode container) {
        JsonNode label = container.path("Config").path("Labels").path(Names.LABEL_EGRESS);
        if (label.isMissingNode() || open.containsKey(ref.taskId())) {
            return Uni.createFrom().voidItem();
        }
        String rules = label.asText();
        return open(ref.taskId(), rules.isEmpty() ? List.of() : List.of(rules.split(SEPARATOR)));
    }

    private Uni<Void> open(String taskId, List<String> allow) {
        Path directory = sockets.of(taskId);
        Path socket = directory.resolve(SOCKET);
        close(taskId);
        return sockets.make(taskId)
                .chain(() -> sockets.onWorker(() -> Files.deleteIfExists(socket)))
                .emitOn(worker)
                .map(free -> new Denials(directory.resolve(DENIED), worker))
                .chain(denials -> egress.open(vertx, socket, allow, denials::add)
                        .invoke(proxy -> open.put(taskId, new Open(proxy, denials))))
                // Whoever is in the container is another user, and nobody else comes as far as here.
                .chain(() -> sockets.onWorker(
                        () -> Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"))))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(failure -> new RuntimeFailure(
                        ENGINE_FAILED, "the task's way out cannot be opened: " + failure.getMessage(), failure));
    }

    List<DeniedHost> denied(ContainerRef ref) {
        Open known = open.get(ref.taskId());
        return known == null ? List.of() : known.denials().list();
    }

    void close(String taskId) {
        Open known = open.remove(taskId);
        if (known != null) {
            known.proxy().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::close);
    }
}

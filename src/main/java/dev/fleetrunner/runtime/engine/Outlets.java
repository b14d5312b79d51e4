package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHost;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a container without a network reaches nevertheless: sockets of the runner in a directory of the task's own. */
final class Outlets implements AutoCloseable {
    /** Null for a runtime that has none to give. */
    private final TaskSockets sockets;

    private final TaskEgress egress;
    private final ScopedEngine scoped;
    /** Those of which it is known that they have none. */
    private final Set<ContainerRef> without = ConcurrentHashMap.newKeySet();

    Outlets(TaskSockets sockets, TaskEgress egress, ScopedEngine scoped) {
        this.sockets = sockets;
        this.egress = egress;
        this.scoped = scoped;
    }

    /** Where a task's sockets are; null if it needs none. */
    Path directory(ContainerSpec spec) {
        return isFor(spec) && sockets != null ? sockets.of(spec.taskId()) : null;
    }

    private static boolean isFor(ContainerSpec spec) {
        return spec.engine() || TaskEgress.isFor(spec);
    }

    /** What programs are told of them. */
    static Map<String, String> environment(ContainerSpec spec) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (spec.engine()) {
            variables.putAll(ScopedEngine.ENVIRONMENT);
        }
        if (TaskEgress.isFor(spec)) {
            variables.putAll(EgressEnvironment.variables());
        }
        return variables;
    }

    /** By what they are found again. */
    static Map<String, String> labels(ContainerSpec spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (spec.engine()) {
            labels.put(Names.LABEL_ENGINE, "true");
        }
        if (TaskEgress.isFor(spec)) {
            labels.put(Names.LABEL_EGRESS, TaskEgress.label(spec));
        }
        return labels;
    }

    /** Opens what a task asks for, before its container is made. */
    Uni<Void> open(ContainerSpec spec, String initVolume) {
        if (isFor(spec) && sockets == null) {
            return Uni.createFrom()
                    .failure(new RuntimeFailure(
                            NOT_SUPPORTED,
                            "this runner cannot listen for tasks on unix sockets, which "
                                    + (spec.engine() ? "engine" : "network.mode restricted") + " needs"));
        }
        if (!isFor(spec)) {
            without.add(new ContainerRef(spec.taskId()));
            return Uni.createFrom().voidItem();
        }
        return egress.open(spec).chain(() -> scoped.open(spec, initVolume));
    }

    /** Opens it again for a container of an earlier life. */
    Uni<Void> reopen(ContainerRef ref, JsonNode container) {
        return sockets == null
                ? Uni.createFrom().voidItem()
                : egress.reopen(ref, container).chain(() -> scoped.reopen(ref, container));
    }

    /** What the task tried to reach and may not. */
    List<DeniedHost> denied(ContainerRef ref) {
        return sockets == null ? List.of() : egress.denied(ref);
    }

    /** Closes all of a task's, with what it made by them. Safe for tasks that have none. */
    Uni<Void> remove(ContainerRef ref) {
        if (without.remove(ref) || sockets == null) {
            return Uni.createFrom().voidItem();
        }
        egress.close(ref.taskId());
        return scoped.remove(ref).chain(() -> sockets.clear(ref.taskId()));
    }

    @Override
    public void close() {
        if (sockets != null) {
            egress.close();
            scoped.close();
        }
    }
}

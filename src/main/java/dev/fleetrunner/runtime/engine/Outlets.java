package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a container without a network reaches nevertheless: sockets of the runner in a directory of the task's own. */
final class Outlets implements AutoCloseable {
    /** Null for a runtime that has none to give. */
    private final Egress egress;

    private final WayOut wayOut;
    private final ScopedEngine scoped;
    /** Those of which it is known that they have none. */
    private final Set<ContainerRef> without = ConcurrentHashMap.newKeySet();

    Outlets(Egress egress, WayOut wayOut, ScopedEngine scoped) {
        this.egress = egress;
        this.wayOut = wayOut;
        this.scoped = scoped;
    }

    /** Where a task's sockets are; null if it needs none. */
    Path directory(ContainerSpec spec) {
        return isFor(spec) && egress != null ? egress.place(spec.taskId()) : null;
    }

    private static boolean isFor(ContainerSpec spec) {
        return spec.engine() || WayOut.isFor(spec);
    }

    /** What programs are told of them. */
    static Map<String, String> environment(ContainerSpec spec) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (spec.engine()) {
            variables.putAll(ScopedEngine.ENVIRONMENT);
        }
        if (WayOut.isFor(spec)) {
            variables.putAll(ProxyVariables.all());
        }
        return variables;
    }

    /** By what they are found again. */
    static Map<String, String> labels(ContainerSpec spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (spec.engine()) {
            labels.put(Names.LABEL_ENGINE, "true");
            labels.put(Names.LABEL_IMAGES, ScopedEngine.images(spec.grant()).label());
        }
        if (WayOut.isFor(spec)) {
            labels.put(Names.LABEL_EGRESS, WayOut.label(spec));
        }
        return labels;
    }

    /** Opens what a task asks for, before its container is made. */
    Uni<Void> open(ContainerSpec spec, String initVolume) {
        if (isFor(spec) && egress == null) {
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
        return wayOut.open(spec).chain(() -> scoped.open(spec, initVolume));
    }

    /** Opens it again for a container of an earlier life. */
    Uni<Void> reopen(ContainerRef ref, JsonNode container) {
        return egress == null
                ? Uni.createFrom().voidItem()
                : wayOut.adopt(ref, container).chain(() -> scoped.reopen(ref, container));
    }

    /** Fails unless the engine sees in a container that is made what the runner has put into the task's directory. */
    Uni<Void> check(ContainerSpec spec, String uri) {
        return WayOut.isFor(spec)
                ? wayOut.check(uri, directory(spec))
                : Uni.createFrom().voidItem();
    }

    /** What the engine says of a container that it could not make; a directory that it does not see has its own remedy. */
    RuntimeFailure explain(ContainerSpec spec, RuntimeFailure failure) {
        return egress == null ? failure : wayOut.explain(failure, directory(spec));
    }

    /** What the task tried to reach and may not. */
    Uni<DeniedHosts> denied(ContainerRef ref) {
        return egress == null ? Uni.createFrom().item(DeniedHosts.NONE) : wayOut.denied(ref);
    }

    /** Closes all of a task's, with what it made by them. Safe for tasks that have none. */
    Uni<Void> remove(ContainerRef ref) {
        if (without.remove(ref) || egress == null) {
            return Uni.createFrom().voidItem();
        }
        return scoped.remove(ref).chain(() -> wayOut.close(ref));
    }

    @Override
    public void close() {
        if (scoped != null) {
            scoped.close();
        }
    }
}

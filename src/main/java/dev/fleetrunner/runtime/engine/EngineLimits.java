package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Finds out which limits an engine takes and does not keep. */
final class EngineLimits {
    /** What Docker's API calls what it can limit, and our names. */
    private static final Map<String, String> LIMITS =
            Map.of("MemoryLimit", "memoryBytes", "CpuCfsQuota", "cpus", "PidsLimit", "pids");

    /** The kernel's names of what limits them, and ours. */
    private static final Map<String, String> CONTROLLERS =
            Map.of("memory", "memoryBytes", "cpu", "cpus", "pids", "pids");

    private EngineLimits() {}

    /**
     * Those that are not kept, by their names in {@code enforced}.
     *
     * @param info the answer of {@code /info}
     * @param libpod Podman's own answer; asked for where the other one is not true: a rootless Podman says of every limit
     *     that it keeps it, and keeps those alone whose cgroup controller its user was given. With cgroup v1 that is none.
     */
    static Uni<Set<String>> unenforced(JsonNode info, Supplier<Uni<JsonNode>> libpod) {
        Set<String> missing = new TreeSet<>();
        LIMITS.forEach((theirs, ours) -> {
            if (!info.path(theirs).asBoolean()) {
                missing.add(ours);
            }
        });
        return info.path("Rootless").asBoolean()
                ? libpod.get().map(more -> with(missing, controllers(more)))
                : Uni.createFrom().item(missing);
    }

    private static Set<String> controllers(JsonNode libpod) {
        Set<String> missing = new TreeSet<>(CONTROLLERS.values());
        JsonNode host = libpod.path("host");
        if (host.path("cgroupVersion").asText().equals("v2")) {
            host.path("cgroupControllers")
                    .forEach(controller -> missing.remove(CONTROLLERS.getOrDefault(controller.asText(), "")));
        }
        return missing;
    }

    private static Set<String> with(Set<String> some, Set<String> others) {
        some.addAll(others);
        return some;
    }
}

package dev.fleetrunner.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.Timeouts;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the limits: {@code timeouts} and {@code resources}, and which of the enforceable ones a document names. */
final class LimitsReader {
    private static final int WEEK = 604_800;
    private static final int DAY = 86_400;
    private static final int HOUR = 3600;
    private static final int MAX_PIDS = 1_000_000;
    private static final long LEAST_MEMORY = 6L << 20;
    private static final long LEAST_DISK = 1L << 20;

    /** Where a document names an enforceable limit; there the canonical form leaves out what its caller left out. */
    static final Map<JsonPointer, String> ENFORCEABLE = Map.of(
            JsonPointer.compile("/resources/memory"), Limit.MEMORY,
            JsonPointer.compile("/resources/cpu"), Limit.CPUS,
            JsonPointer.compile("/resources/pids"), Limit.PIDS,
            JsonPointer.compile("/resources/disk"), Limit.DISK,
            JsonPointer.compile("/network"), Limit.NETWORK,
            JsonPointer.compile("/user"), Limit.USER);

    private LimitsReader() {}

    static Timeouts timeouts(Fields timeouts) {
        Timeouts usual = Timeouts.DEFAULT;
        Timeouts read = new Timeouts(
                timeouts.integer("overallSec", 1, WEEK, usual.overallSec()),
                timeouts.integer("queueSec", 1, WEEK, usual.queueSec()),
                timeouts.integer("imageSec", 1, DAY, usual.imageSec()),
                timeouts.integer("graceSec", 0, HOUR, usual.graceSec()));
        timeouts.refuseOthers();
        return read;
    }

    static Resources resources(Fields resources) {
        Resources usual = Resources.DEFAULT;
        Resources read = new Resources(
                resources.find("cpu").flatMap(Quantity::cpuMillis).orElse(usual.cpuMillis()),
                resources
                        .find("memory")
                        .flatMap(value -> Quantity.bytes(value, LEAST_MEMORY))
                        .orElse(usual.memoryBytes()),
                resources.integer("pids", 1, MAX_PIDS, usual.pids()),
                resources
                        .find("disk")
                        .flatMap(value -> Quantity.bytes(value, LEAST_DISK))
                        .orElse(usual.diskBytes()));
        resources.refuseOthers();
        return read;
    }

    /** The limits that a document names, by the names of {@link Limit}. */
    static Set<String> named(JsonNode document) {
        return ENFORCEABLE.entrySet().stream()
                .filter(limit -> !document.at(limit.getKey()).isMissingNode())
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
    }
}

package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Usage;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;

/** Turns the engine's statistics into samples; remembers the sample before, to tell the processors in use. */
final class UsageSamples {
    private Usage before;

    private UsageSamples() {}

    /** The samples of a container's statistics stream; documents of one that has ended are left out. */
    static Multi<Usage> of(Multi<Buffer> stream) {
        return Multi.createFrom().deferred(() -> {
            var samples = new UsageSamples();
            return Lines.of(stream)
                    .map(EngineAnswer::parse)
                    .select()
                    .where(stats -> stats.path("pids_stats").path("current").asLong() > 0)
                    .map(samples::read);
        });
    }

    private Usage read(JsonNode stats) {
        Instant at = instant(stats.path("read").asText());
        double cpuSeconds =
                stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong() / 1e9;
        Double cpus = null;
        if (before != null) {
            double seconds = Duration.between(before.at(), at).toNanos() / 1e9;
            cpus = seconds > 0 ? Math.max(0, (cpuSeconds - before.cpuSeconds()) / seconds) : null;
        }
        before = new Usage(
                at,
                cpuSeconds,
                cpus,
                memory(stats.path("memory_stats")),
                stats.path("pids_stats").path("current").asLong());
        return before;
    }

    private static Instant instant(String text) {
        return text.isEmpty() ? Instant.now() : Instant.parse(text);
    }

    /** As the engines' own command lines count it: page cache that the kernel can drop is left out. */
    private static long memory(JsonNode memory) {
        JsonNode details = memory.path("stats");
        long droppable = details.path("total_inactive_file")
                .asLong(details.path("inactive_file").asLong());
        return Math.max(0, memory.path("usage").asLong() - droppable);
    }
}

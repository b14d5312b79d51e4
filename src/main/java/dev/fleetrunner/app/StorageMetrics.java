package dev.fleetrunner.app;

import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.pipeline.retention.Swept;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Metrics of what is kept, as each sweep leaves it, and of the disk under it. */
final class StorageMetrics {
    private final MeterRegistry registry;
    private final Map<String, Swept> newest = new ConcurrentHashMap<>();

    StorageMetrics(DiskBrake brake, MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("fleet.storage.free.bytes", brake, StorageMetrics::free)
                .description("What is free in the file system of the data directory")
                .register(registry);
        Gauge.builder("fleet.storage.refusing", brake, some -> some.holds() ? 1 : 0)
                .description("1 while new work is refused because too little is free")
                .register(registry);
    }

    private static double free(DiskBrake brake) {
        OptionalLong bytes = brake.freeBytes();
        return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
    }

    /** Takes what a sweep found and did, and how long it took. */
    void take(List<Swept> shelves, Duration time) {
        Timer.builder("fleet.retention.sweep")
                .description("How long sweeps took")
                .register(registry)
                .record(time);
        shelves.forEach(this::take);
    }

    private void take(Swept swept) {
        if (newest.put(swept.kind(), swept) == null) {
            gauge("fleet.storage.items", "How many are kept", swept.kind(), Swept::items);
            gauge("fleet.storage.bytes", "What they take together", swept.kind(), Swept::bytes);
        }
        swept.removed().forEach((reason, count) -> Counter.builder("fleet.retention.removed")
                .description("What retention removed")
                .tags("kind", swept.kind(), "reason", reason.word())
                .register(registry)
                .increment(count));
    }

    private void gauge(String name, String description, String kind, ToDoubleFunction<Swept> value) {
        Gauge.builder(name, newest, kinds -> value.applyAsDouble(kinds.get(kind)))
                .description(description)
                .tag("kind", kind)
                .register(registry);
    }
}

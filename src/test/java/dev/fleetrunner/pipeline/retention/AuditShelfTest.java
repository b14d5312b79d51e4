package dev.fleetrunner.pipeline.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.store.AuditStore.Row;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit goes from its oldest entry on, and never without a checkpoint. */
class AuditShelfTest extends WithStores {
    private static final Duration MONTH = Duration.ofDays(30);

    private Audit audit;

    @BeforeEach
    void openAudit() {
        audit = new Audit(store.audit(), runner.epoch(), clock);
    }

    private void write(Instant at, int entries) {
        clock.set(at);
        Multi.createFrom()
                .range(0, entries)
                .onItem()
                .transformToUni(i -> audit.record(Act.ofService(AuditAction.SERVICE_START, "x")))
                .merge(64)
                .collect()
                .last()
                .await()
                .atMost(SOON);
        clock.set(NOON);
    }

    private List<Row> left() {
        return store.audit().after(runner.epoch().instance(), 0, 10_000).await().atMost(SOON);
    }

    @Test
    void whatIsTooOldGoesInItsOrder() {
        for (int days = 50; days >= 20; days--) {
            write(NOON.minus(Duration.ofDays(days)), 3);
        }

        Swept swept = sweep(new AuditShelf(audit), new Rule(MONTH, 0, 0));

        assertThat(swept.removed()).isEqualTo(Map.of(Reason.AGE, 20L));
        assertThat(swept.items()).isEqualTo(11);
        assertThat(left().get(0).sequence()).isEqualTo(61);
        assertThat(left()).filteredOn(Row::checkpoint).hasSize(20);
    }

    @Test
    void whatTakesTooMuchGoes() {
        write(NOON, 5 * AuditStore.BLOCK);
        long bytes = audit.blocks(0, 10).await().atMost(SOON).stream()
                .mapToLong(AuditStore.Block::bytes)
                .sum();

        Swept swept = sweep(new AuditShelf(audit), new Rule(Duration.ZERO, 0, bytes / 2));

        assertThat(swept.removed()).isEqualTo(Map.of(Reason.BYTES, 3L));
        assertThat(swept.bytes()).isLessThanOrEqualTo(bytes / 2);
        assertThat(left().get(0).sequence()).isEqualTo(3 * AuditStore.BLOCK + 1);
    }

    @Test
    void checkpointsAloneLeaveNothingToSweep() {
        write(NOON.minus(MONTH).minus(MONTH), 3);
        sweep(new AuditShelf(audit), new Rule(MONTH, 0, 0));

        Swept again = sweep(new AuditShelf(audit), new Rule(Duration.ofNanos(1), 0, 1));

        assertThat(again.removed()).isEmpty();
        assertThat(left()).hasSize(1);
    }
}

package dev.fleetrunner.console.containers;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.pipeline.Containers.Orphaned;
import java.time.Instant;
import java.util.Locale;

/**
 * A container that no task wants any more, in words.
 *
 * @param state prepared, running or ended
 * @param made how long ago
 */
record OrphanLine(
        String taskId, String shortId, String runtime, String state, String image, String made, Instant createdAt) {

    static OrphanLine of(Orphaned orphan, Instant now) {
        return new OrphanLine(
                orphan.taskId(),
                Words.shortId(orphan.taskId()),
                orphan.runtime(),
                orphan.state().name().toLowerCase(Locale.ROOT),
                orphan.image(),
                Words.ago(orphan.createdAt(), now),
                orphan.createdAt());
    }
}

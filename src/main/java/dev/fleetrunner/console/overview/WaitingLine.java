package dev.fleetrunner.console.overview;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.pipeline.Occupancy.Waiting;
import dev.fleetrunner.store.TaskRow;
import java.time.Instant;

/**
 * A task that waits, in words.
 *
 * @param position how many go before it plus one
 * @param caseId the caller's case, or null
 * @param since how long ago it was queued
 * @param queuedAt exactly
 */
public record WaitingLine(
        int position,
        String id,
        String shortId,
        String image,
        String owner,
        String caseId,
        String since,
        Instant queuedAt) {

    static WaitingLine of(Waiting waiting, Instant now) {
        TaskRow row = waiting.row();
        return new WaitingLine(
                waiting.position(),
                row.id(),
                Words.shortId(row.id()),
                row.image(),
                row.owner(),
                row.caseId(),
                Words.ago(row.queuedAt(), now),
                row.queuedAt());
    }
}

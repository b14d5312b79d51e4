package dev.fleetrunner.console.tasks;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.web.Address;
import java.time.Duration;
import java.time.Instant;

/**
 * A task in a list, in words.
 *
 * @param mark a sign for the status
 * @param status the word of the contract
 * @param cause the code of the cause, or null
 * @param caseId the caller's case, or null
 * @param caseLink the page of the case; null without one
 * @param runtime the runtime's name, or null
 * @param queued how long ago
 * @param queuedAt exactly
 * @param duration of the command, so far if it still runs; null if it never started
 */
public record TaskLine(
        String id,
        String shortId,
        String mark,
        String status,
        String cause,
        String image,
        String owner,
        String caseId,
        String caseLink,
        String runtime,
        String queued,
        Instant queuedAt,
        String duration) {

    public static TaskLine of(TaskRow row, Instant now) {
        return new TaskLine(
                row.id(),
                Words.shortId(row.id()),
                Words.mark(row.status()),
                row.status().word(),
                row.cause() == null ? null : row.cause().name(),
                row.image(),
                row.owner(),
                row.caseId(),
                caseLink(row.caseId()),
                row.runtime(),
                Words.ago(row.queuedAt(), now),
                row.queuedAt(),
                duration(row, now));
    }

    /** The page of a case; null for null. */
    public static String caseLink(String caseId) {
        return caseId == null ? null : "/cases/" + Address.encoded(caseId);
    }

    /** How long the command has run; null if it never started. */
    public static String duration(TaskRow row, Instant now) {
        if (row.startedAt() == null) {
            return null;
        }
        Instant end = row.finishedAt() == null ? now : row.finishedAt();
        return Words.duration(Duration.between(row.startedAt(), end));
    }
}

package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.audit.Outcome;
import dev.fleetrunner.store.AuditQuery;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The filters of {@link AuditQuery} as callers write them, the same at every door; what is null or empty does not filter.
 *
 * @param from RFC 3339
 * @param to RFC 3339
 * @param cursor of the page before
 * @param limit how many at most; null for {@link TaskSearch#DEFAULT_LIMIT}
 */
public record AuditSearch(
        String who, String action, String target, String outcome, String from, String to, String cursor, String limit) {

    /** The query of a chain; refused with {@code INVALID_REQUEST} for values that are none. */
    public AuditQuery query(String chain) {
        Long most = Values.number("limit", Values.given(limit), 1, AuditQuery.MAX_LIMIT);
        return new AuditQuery(
                chain,
                Values.given(who),
                knownAction(),
                Values.given(target),
                knownOutcome(),
                Values.instant("from", from),
                Values.instant("to", to),
                Values.number("cursor", Values.given(cursor), 1, Values.LARGEST),
                most == null ? TaskSearch.DEFAULT_LIMIT : most.intValue());
    }

    private String knownAction() {
        String word = Values.given(action);
        if (word != null && AuditAction.of(word).isEmpty()) {
            throw Values.invalid("action must be of "
                    + Arrays.stream(AuditAction.values()).map(AuditAction::word).collect(Collectors.joining(", ")));
        }
        return word;
    }

    private String knownOutcome() {
        String word = Values.given(outcome);
        if (word != null && Outcome.of(word).isEmpty()) {
            throw Values.invalid("outcome must be ok, denied or failed");
        }
        return word;
    }
}

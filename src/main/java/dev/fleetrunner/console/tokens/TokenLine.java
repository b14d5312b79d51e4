package dev.fleetrunner.console.tokens;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.store.StoredToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A token in words.
 *
 * @param state live, expired or revoked
 * @param mark a sign for the state
 * @param end when it ends or ended; null if it does not
 */
record TokenLine(
        String id,
        String name,
        String role,
        String limits,
        String state,
        String mark,
        boolean live,
        String made,
        String madeBy,
        String end) {

    static TokenLine of(StoredToken token, Instant now) {
        boolean revoked = token.revokedAt() != null;
        boolean live = token.isLive(now);
        Instant end = revoked ? token.revokedAt() : token.expiresAt();
        return new TokenLine(
                token.id(),
                token.name(),
                token.role().word(),
                limits(token),
                live ? "live" : revoked ? "revoked" : "expired",
                live ? "✓" : "–",
                live,
                Words.time(token.createdAt()),
                token.createdBy(),
                end == null ? null : Words.time(end));
    }

    private static String limits(StoredToken token) {
        List<String> limits = new ArrayList<>();
        if (token.share().maxConcurrent() != null) {
            limits.add(token.share().maxConcurrent() + " at once");
        }
        if (token.share().maxQueued() != null) {
            limits.add(token.share().maxQueued() + " waiting");
        }
        return limits.isEmpty() ? "none" : String.join(", ", limits);
    }
}

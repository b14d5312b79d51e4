package dev.fleetrunner.security;

import dev.fleetrunner.store.StoredToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that were asked for a moment ago, so that not every request asks the store. Bounded; holds only tokens that
 * there are, so that nobody can fill it with guesses. Thread-safe.
 */
final class RecentTokens {
    private static final int MOST = 1000;
    /** How long a token that was revoked elsewhere may still open something here. */
    static final Duration FRESH = Duration.ofSeconds(3);

    private record Entry(StoredToken token, Instant until) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;
    private long changes;

    RecentTokens(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<StoredToken> get(String key) {
        Entry entry = entries.get(key);
        return entry != null && clock.instant().isBefore(entry.until()) ? Optional.of(entry.token()) : Optional.empty();
    }

    /** To be asked before the store is. */
    synchronized long changes() {
        return changes;
    }

    /** Keeps what the store said, unless a token was forgotten since it was asked. */
    synchronized void put(String key, StoredToken token, long changesBefore) {
        if (changes != changesBefore) {
            return;
        }
        entries.remove(key);
        entries.put(key, new Entry(token, clock.instant().plus(FRESH)));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized void forget(String tokenId) {
        changes++;
        entries.values().removeIf(entry -> entry.token().id().equals(tokenId));
    }
}

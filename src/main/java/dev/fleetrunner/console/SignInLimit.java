package dev.fleetrunner.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets a few attempts to sign in fail, then none at all until time has passed; over all callers together. */
final class SignInLimit {
    private final int failures;
    private final Duration span;
    private final Clock clock;
    private final Deque<Instant> failed = new ArrayDeque<>();

    /**
     * @param failures how many are let through
     * @param span in this time
     */
    SignInLimit(int failures, Duration span, Clock clock) {
        this.failures = failures;
        this.span = span;
        this.clock = clock;
    }

    /**
     * What became of an attempt.
     *
     * @param owner whose token it was; null if it is not known, or was not looked at
     * @param retryAfter when attempts are looked at again; null if this one was
     */
    record Outcome(String owner, Duration retryAfter) {}

    /** Makes an attempt, if there is one left. */
    synchronized Outcome attempt(Supplier<Optional<String>> check) {
        Instant now = clock.instant();
        while (!failed.isEmpty() && !failed.getFirst().plus(span).isAfter(now)) {
            failed.removeFirst();
        }
        if (failed.size() >= failures) {
            return new Outcome(null, Duration.between(now, failed.getFirst().plus(span)));
        }
        Optional<String> owner = check.get();
        if (owner.isEmpty()) {
            failed.addLast(now);
        }
        return new Outcome(owner.orElse(null), null);
    }
}

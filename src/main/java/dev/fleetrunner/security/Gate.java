package dev.fleetrunner.security;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The one place where a token is tried, from the sign-in page and from a program alike.
 *
 * <p>An address that failed too often is refused for a while, but never one of our own tokens: nobody guesses those, and
 * a neighbour behind the same address must not lock its holder out. A first token that somebody thought up may be
 * guessed, so it waits like every other text.
 */
public final class Gate {
    private final AccessTokens tokens;
    private final FailedAttempts failures;
    private final Consumer<String> failed;

    /**
     * @param failed is told the address of every attempt with a token that nobody knows; null if that is not known
     */
    public Gate(AccessTokens tokens, FailedAttempts failures, Consumer<String> failed) {
        this.tokens = tokens;
        this.failures = failures;
        this.failed = failed;
    }

    /** What became of an attempt. */
    public sealed interface Outcome {

        /** The token was looked at. */
        record Tried(Found found) implements Outcome {}

        /** The address has to wait. */
        record Wait(Duration duration) implements Outcome {
            /** In whole seconds, for {@code Retry-After}. */
            public long seconds() {
                return duration.toSeconds() + 1;
            }
        }
    }

    /**
     * Tries a token.
     *
     * @param address where it comes from; null if that is not known
     */
    public Uni<Outcome> attempt(String token, String address) {
        var wait = failures.wait(address);
        if (wait.isPresent() && !TokenForm.fits(token)) {
            return Uni.createFrom().item(new Outcome.Wait(wait.get()));
        }
        return tokens.find(token).map(found -> {
            if (!(found instanceof Found.Unknown)) {
                return new Outcome.Tried(found);
            }
            failures.add(address);
            failed.accept(address);
            return wait.<Outcome>map(Outcome.Wait::new).orElseGet(() -> new Outcome.Tried(found));
        });
    }
}

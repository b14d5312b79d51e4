package dev.fleetrunner.console.tokens;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Tokens;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What was typed in for a new token.
 *
 * @param days how long it is to last; empty for no end
 * @param error what was wrong with it; null if nothing was
 */
record TokenForm(String name, String role, String days, String maxConcurrent, String maxQueued, String error) {
    static final TokenForm EMPTY = new TokenForm("", AccessRole.AGENT.word(), "90", "", "", null);

    private static final int MOST_DAYS = 3650;
    private static final int LARGEST_LIMIT = 1_000_000;

    /** A role to choose. */
    record Choice(String word, String may, boolean chosen) {}

    /** The roles, with a word on each; public as templates ask for it. */
    public List<Choice> roles() {
        return Arrays.stream(AccessRole.values())
                .map(known -> new Choice(known.word(), may(known), known.word().equals(role)))
                .toList();
    }

    private static String may(AccessRole role) {
        return switch (role) {
            case VIEWER -> "reads all tasks";
            case AGENT -> "submits, and sees its own tasks";
            case OPERATOR -> "does so with all tasks";
            case ADMIN -> "sees to tokens besides";
        };
    }

    TokenForm withError(String message) {
        return new TokenForm(name, role, days, maxConcurrent, maxQueued, message);
    }

    /** Refused with {@code INVALID_REQUEST} for what cannot be. */
    Tokens.Wish wish() {
        AccessRole wanted = Arrays.stream(AccessRole.values())
                .filter(known -> known.word().equals(role))
                .findFirst()
                .orElseThrow(() -> invalid("Choose a role."));
        Integer lifetime = number("Days", days, MOST_DAYS);
        return new Tokens.Wish(
                name == null ? null : name.strip(),
                wanted,
                lifetime == null ? null : Duration.ofDays(lifetime),
                new Caller.Share(
                        number("At once", maxConcurrent, LARGEST_LIMIT), number("Waiting", maxQueued, LARGEST_LIMIT)));
    }

    private static Integer number(String what, String text, int most) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.strip().matches("\\d{1,7}")) {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw invalid(what + " must be empty, or a whole number from 1 to " + most + ".");
    }

    private static Refusal invalid(String message) {
        return Refusal.of(CauseCode.INVALID_REQUEST.because(message));
    }
}

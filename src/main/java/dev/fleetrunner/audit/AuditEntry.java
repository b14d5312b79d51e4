package dev.fleetrunner.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * One entry of a chain, as it is told. {@code docs/audit.md} has the form that is hashed.
 *
 * @param runner instance id of the runner whose chain it is
 * @param sequence its number in the chain, from 1
 * @param at when it was asked for, UTC in milliseconds; the order is that of the sequence
 * @param who a name; null if it is not known
 * @param role of the caller; null if it is not known, or the service itself
 * @param from the caller's address; null if it came from inside the service
 * @param action a word of {@link AuditAction}
 * @param target the id of a task, of a token, a path; null if there is none
 * @param outcome a word of {@link Outcome}
 * @param rule of the policy that decided; null if none did
 * @param detail what else there is to know
 * @param previous the hash of the entry before; of the first, the hash of the runner's id
 * @param hash SHA-256 of all the above, in hexadecimal
 */
public record AuditEntry(
        String runner,
        long sequence,
        String at,
        String who,
        String role,
        String from,
        String action,
        String target,
        String outcome,
        String rule,
        Map<String, String> detail,
        String previous,
        String hash) {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * An act at its place in the chain.
     *
     * @param previous null for the first of the chain
     */
    static AuditEntry of(Act act, Instant at, String runner, long sequence, String previous) {
        var entry = new AuditEntry(
                runner,
                sequence,
                MILLIS.format(at),
                act.who(),
                act.role() == null ? null : act.role().word(),
                act.from(),
                act.action().word(),
                act.target(),
                act.outcome().word(),
                act.rule(),
                act.detail(),
                previous == null ? Canonical.hash(runner) : previous,
                null);
        return entry.sealed(Canonical.hash(Canonical.json(entry)));
    }

    private AuditEntry sealed(String with) {
        return new AuditEntry(
                runner, sequence, at, who, role, from, action, target, outcome, rule, detail, previous, with);
    }
}

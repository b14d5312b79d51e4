package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.files.Shown;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A request that was not taken; nothing of it is kept. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** When to come back if nobody knows better. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final transient Cause cause;
    private final transient List<Fault> faults;
    private final transient Duration retryAfter;
    private final String rule;

    private Refusal(Cause cause, List<Fault> faults, Duration retryAfter, String rule) {
        super(cause.message());
        this.cause = cause;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
        this.rule = rule;
    }

    /** For one reason. */
    public static Refusal of(Cause cause) {
        return new Refusal(cause, List.of(), null, null);
    }

    /** For the faults of a document. */
    public static Refusal of(CauseCode code, String message, List<Fault> faults) {
        return new Refusal(code.because(message), faults, null, null);
    }

    /** By a rule of the policy; null for one that has no name. */
    public static Refusal denied(String rule, String message, List<Fault> denials) {
        return new Refusal(CauseCode.POLICY_DENIED.because(message), denials, null, rule);
    }

    /** For now; the same will be taken later. */
    public static Refusal later(Cause cause, Duration retryAfter) {
        return new Refusal(cause, List.of(), retryAfter, null);
    }

    /** There is no such task. */
    public static Refusal noTask(String id) {
        return of(CauseCode.NOT_FOUND.because("there is no task " + id));
    }

    /** The task left no such file behind. */
    static Refusal noArtifact(String id, String path) {
        return of(CauseCode.NOT_FOUND
                .because("task " + id + " has no artifact " + Shown.of(path))
                .withRemedy("read the list of its artifacts and the notes of its result"));
    }

    /** The same, its faults changed: told by their place in a larger document. */
    public Refusal at(UnaryOperator<Fault> place) {
        return new Refusal(cause, faults.stream().map(place).toList(), retryAfter, rule);
    }

    /** From the closed list. */
    public Cause reason() {
        return cause;
    }

    /** Every fault of the document; empty if it is not about one. */
    public List<Fault> faults() {
        return faults;
    }

    /** The rule of the policy that decided; null if none did, or it has no name. */
    public String rule() {
        return rule;
    }

    /** When to come back; null if that would not help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

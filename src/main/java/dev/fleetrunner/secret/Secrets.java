package dev.fleetrunner.secret;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.EnvValue.SecretRef;
import dev.fleetrunner.contract.SecretValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The secrets of this service: its sources, the first that has a name first, and what a secret must be like. */
public final class Secrets {
    /** What is shorter cannot be masked: it would be found everywhere. */
    static final int MIN_BYTES = 4;

    static final int MAX_BYTES = 64 << 10;
    private static final int MAX_TOGETHER = 1 << 20;
    private static final String SIZES = "a secret has 4 bytes to 64 KiB, and those of a task 1 MiB together";

    private final List<SecretSource> sources;
    private final Executor worker;

    /**
     * @param sources may be empty: there are no secrets then
     * @param worker for working out what is masked
     */
    public Secrets(List<SecretSource> sources, Executor worker) {
        this.sources = List.copyOf(sources);
        this.worker = worker;
    }

    /**
     * Looks whether the secrets of an environment can be had, without keeping them.
     *
     * @return what is wrong, by variable; empty if nothing is
     */
    public Uni<Map<String, Unusable>> judge(Map<String, EnvValue> env) {
        Map<String, Unusable> wrong = new LinkedHashMap<>();
        Map<String, SecretValue> found = new LinkedHashMap<>();
        return references(env)
                .onItem()
                .transformToUniAndConcatenate(entry -> find(entry.getValue())
                        .invoke(value -> keep(found, entry.getValue(), value))
                        .replaceWithVoid()
                        .onFailure(Unusable.class)
                        .invoke(failure -> wrong.put(entry.getKey(), failure))
                        .onFailure(Unusable.class)
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWith(wrong);
    }

    /** Reads the secrets of an environment. Fails with {@link Unusable} if any of them cannot be had. */
    public Uni<TaskSecrets> read(Map<String, EnvValue> env) {
        Map<String, SecretValue> found = new LinkedHashMap<>();
        return references(env)
                .onItem()
                .transformToUniAndConcatenate(
                        entry -> find(entry.getValue()).invoke(value -> keep(found, entry.getValue(), value)))
                .collect()
                .last()
                .emitOn(worker)
                .map(done -> found.isEmpty() ? TaskSecrets.NONE : new TaskSecrets(found, Masking.of(found.values())));
    }

    private static Multi<Map.Entry<String, SecretRef>> references(Map<String, EnvValue> env) {
        return Multi.createFrom()
                .iterable(env.entrySet())
                .filter(entry -> entry.getValue() instanceof SecretRef)
                .map(entry -> Map.entry(entry.getKey(), (SecretRef) entry.getValue()));
    }

    private Uni<SecretValue> find(SecretRef reference) {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(source -> source.find(reference.name()))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .first()
                .map(found -> check(reference, found));
    }

    private static SecretValue check(SecretRef reference, SecretValue found) {
        String name = "the secret " + reference.name();
        if (found == null) {
            throw new Unusable("there is no secret " + reference.name(), "ask the operator for it, or check the name");
        }
        int bytes = found.withoutLineBreak().length();
        if (found.length() > MAX_BYTES) {
            throw new Unusable(name + " has more than " + MAX_BYTES + " bytes", SIZES);
        }
        if (bytes < MIN_BYTES) {
            throw new Unusable(name + " has less than " + MIN_BYTES + " bytes and could not be masked", SIZES);
        }
        if (reference.as() == EnvValue.As.ENV && hasNul(found)) {
            throw new Unusable(name + " has a NUL, which no variable can hold", "take it as a file: \"as\": \"file\"");
        }
        return found;
    }

    private static boolean hasNul(SecretValue value) {
        for (byte one : value.bytes()) {
            if (one == 0) {
                return true;
            }
        }
        return false;
    }

    private static void keep(Map<String, SecretValue> found, SecretRef reference, SecretValue value) {
        found.put(reference.name(), value);
        if (found.values().stream().mapToInt(SecretValue::length).sum() > MAX_TOGETHER) {
            throw new Unusable("the task's secrets have more than " + MAX_TOGETHER + " bytes together", SIZES);
        }
    }
}

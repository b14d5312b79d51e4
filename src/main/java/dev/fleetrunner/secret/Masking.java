package dev.fleetrunner.secret;

import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import io.smallrye.mutiny.Multi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Overwrites the secrets of one task, in all their {@link Forms}, with as many asterisks as they have bytes: what is counted
 * in bytes is the same before and after it.
 */
public final class Masking {
    /** Of a task without secrets: changes nothing. */
    public static final Masking NONE = new Masking(null, null);

    private final Patterns patterns;
    private final Patterns folded;

    private Masking(Patterns patterns, Patterns folded) {
        this.patterns = patterns;
        this.folded = folded;
    }

    /** Takes a while for large secrets: to be called on a worker. */
    public static Masking of(Collection<SecretValue> secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        List<byte[]> found = new ArrayList<>();
        List<byte[]> folded = new ArrayList<>();
        for (SecretValue secret : secrets) {
            Forms forms = Forms.of(secret);
            found.addAll(forms.found());
            folded.addAll(forms.folded());
        }
        return new Masking(new Patterns(found), new Patterns(folded));
    }

    /** A text without the secrets; null stays null. */
    public String text(String text) {
        if (patterns == null || text == null) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var mask = mask();
        byte[] first = mask.next(bytes);
        byte[] rest = mask.end();
        return first == bytes && rest.length == 0
                ? text
                : new String(first, StandardCharsets.UTF_8) + new String(rest, StandardCharsets.UTF_8);
    }

    /**
     * How much of each stream before a place must be seen again to know whether a secret lies across it, in bytes.
     */
    public int memory() {
        return patterns == null ? 0 : StreamMask.memory(patterns);
    }

    /**
     * Output without the secrets. Each stream is masked for itself; bytes that may be the beginning of a secret come when it
     * is known, and are lost if the output fails: they were not delivered then.
     *
     * @param repeated how many bytes of each stream were delivered before; they are masked with the others and left out
     */
    public Multi<LogChunk> output(Multi<LogChunk> output, LogCursor repeated) {
        return patterns == null ? output : through(output, new OutputMask(this::mask, repeated, 0));
    }

    /**
     * The same for output whose beginning is missing: a secret may have been cut, so the rest of a line is overwritten, and
     * the next ones where it may be encoded and folded.
     */
    public Multi<LogChunk> outputAfterGap(Multi<LogChunk> output) {
        return patterns == null ? output : through(output, new OutputMask(this::mask, LogCursor.START, memory()));
    }

    private StreamMask mask() {
        return new StreamMask(patterns, folded);
    }

    private static Multi<LogChunk> through(Multi<LogChunk> output, OutputMask mask) {
        return output.onItem()
                .transformToMultiAndConcatenate(chunk -> Multi.createFrom().iterable(mask.next(chunk)))
                .onCompletion()
                .switchTo(() -> Multi.createFrom().iterable(mask.end()));
    }

    @Override
    public String toString() {
        return patterns == null ? "no masking" : "masking";
    }
}

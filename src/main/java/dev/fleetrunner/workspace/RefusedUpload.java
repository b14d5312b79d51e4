package dev.fleetrunner.workspace;

import dev.fleetrunner.files.Shown;
import java.util.Optional;

/** An upload that is not taken, with the reason and what to do about it in its message. */
public final class RefusedUpload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String entry;
    private final boolean tooLarge;

    private RefusedUpload(String entry, String message, boolean tooLarge) {
        super(message);
        this.entry = entry;
        this.tooLarge = tooLarge;
    }

    static RefusedUpload archive(String reason) {
        return new RefusedUpload(null, reason, false);
    }

    /** @param name as the archive has it */
    static RefusedUpload entry(String name, String reason) {
        return new RefusedUpload(name, "the entry " + Shown.of(name) + " " + reason, false);
    }

    static RefusedUpload tooLarge(String reason) {
        return new RefusedUpload(null, reason, true);
    }

    /** The name of the entry that is to blame, as the archive has it; empty if it is the archive as a whole. */
    public Optional<String> entry() {
        return Optional.ofNullable(entry);
    }

    /** Whether there is nothing wrong with it but its size, packed or unpacked, or the number of its entries. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}

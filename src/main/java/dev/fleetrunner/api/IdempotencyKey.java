package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Values;
import java.util.regex.Pattern;

/** The {@code Idempotency-Key} header: 1 to 255 printable ASCII characters. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** The key as given, or null for none; refused with {@code INVALID_REQUEST} for one that is not allowed. */
    static String checked(String key) {
        if (key != null && !PRINTABLE.matcher(key).matches()) {
            throw Values.invalid(HEADER + " must have 1 to 255 printable ASCII characters");
        }
        return key;
    }
}

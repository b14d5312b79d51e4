package dev.fleetrunner.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code labels}: keys that fit into a query ({@code label=team=authz}) and keep off the runner's own. */
final class LabelsReader {
    private static final int MAX_LABELS = 64;
    private static final int MAX_VALUE = 1024;
    private static final Shape KEY = new Shape(128, "(?!fleetrunner\\.)[A-Za-z0-9][A-Za-z0-9._/-]*", "", "");

    private LabelsReader() {}

    static Map<String, String> read(Value labels) {
        Map<String, String> read = new LinkedHashMap<>();
        for (Value.Entry entry : labels.entries(MAX_LABELS)) {
            if (!KEY.fits(entry.name())) {
                entry.value()
                        .fault(
                                "is not the key of a label",
                                "use letters, digits and . _ / -, at most 128; fleetrunner.… is the runner's own");
            }
            entry.value().text(MAX_VALUE).ifPresent(value -> read.put(entry.name(), value));
        }
        return read;
    }
}

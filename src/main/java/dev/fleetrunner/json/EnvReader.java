package dev.fleetrunner.json;

import dev.fleetrunner.contract.EnvValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code env}: variables that are strings or name a secret. */
final class EnvReader {
    private static final int MAX_VARIABLES = 256;
    private static final Shape NAME = new Shape(256, "[A-Za-z_][A-Za-z0-9_]*", "", "");
    private static final Shape SECRET = new Shape(
            128,
            "[A-Za-z0-9][A-Za-z0-9._-]*",
            "the name of a secret",
            "use letters, digits, dots, hyphens and underscores, at most 128");
    private static final List<String> WAYS = List.of("file", "env");

    private EnvReader() {}

    static Map<String, EnvValue> read(Value env) {
        Map<String, EnvValue> variables = new LinkedHashMap<>();
        for (Value.Entry entry : env.entries(MAX_VARIABLES)) {
            if (!NAME.fits(entry.name())) {
                entry.value()
                        .fault(
                                "is not the name of a variable",
                                "use letters, digits and underscores, at most 256, no digit first");
            }
            value(entry).ifPresent(value -> variables.put(entry.name(), value));
        }
        return variables;
    }

    private static Optional<EnvValue> value(Value.Entry entry) {
        Value value = entry.value();
        if (value.node().isObject()) {
            return value.fields().flatMap(EnvReader::secret);
        }
        if (!value.node().isTextual()) {
            return value.fault(
                    "must be a string or {\"secretRef\": …}",
                    value.node().isNull() ? "leave the variable out, or write \"\"" : "quote it");
        }
        return value.text(CommandReader.MAX_STRING).flatMap(text -> {
            int bytes = Unicode.bytes(text) + entry.name().length() + 2;
            return bytes > CommandReader.MAX_STRING
                    ? value.fault("has " + bytes + " bytes with its name", "keep both within 128 KiB")
                    : Optional.of(new EnvValue.Literal(text));
        });
    }

    private static Optional<EnvValue> secret(Fields fields) {
        Optional<String> name = fields.require("secretRef", "name the secret").flatMap(value -> value.text(SECRET));
        String as = fields.find("as").flatMap(value -> value.oneOf(WAYS)).orElse("file");
        fields.refuseOthers();
        return name.map(known -> new EnvValue.SecretRef(known, EnvValue.As.valueOf(as.toUpperCase(Locale.ROOT))));
    }
}

package dev.fleetrunner.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts as Kubernetes writes them ({@code 4Gi}, {@code 500m}): the subset of its quantities that tasks need. Only
 * whole bytes and whole thousandths of a processor exist.
 */
public final class Quantity {
    private static final long KI = 1024;
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "k", 1000L,
            "M", 1000_000L,
            "G", 1000_000_000L,
            "T", 1000_000_000_000L,
            "Ki", KI,
            "Mi", KI * KI,
            "Gi", KI * KI * KI,
            "Ti", KI * KI * KI * KI);
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)([kMGT]|[KMGT]i)?");
    private static final Pattern CPUS = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(m?)");

    private static final long MAX_BYTES = 16 * UNITS.get("Ti");
    private static final int MIN_CPU_MILLIS = 10;
    private static final int MAX_CPU_MILLIS = 1024_000;

    private Quantity() {}

    /** Bytes from {@code least} to 16Ti. */
    public static Optional<Long> bytes(Value value, long least) {
        Optional<Long> bytes = value.text(64).flatMap(text -> {
            Matcher parts = BYTES.matcher(text);
            return parts.matches()
                    ? whole(parts.group(1), UNITS.get(parts.group(2) == null ? "" : parts.group(2)))
                    : Optional.empty();
        });
        if (bytes.isEmpty()) {
            return value.node().isTextual()
                    ? value.fault(
                            "must be a quantity such as 4Gi", "write digits and one of k, M, G, T, Ki, Mi, Gi, Ti")
                    : bytes;
        }
        return bytes.get() < least || bytes.get() > MAX_BYTES
                ? value.fault("must be from " + written(least) + " to 16Ti", "choose a quantity in that range")
                : bytes;
    }

    /** Thousandths of a processor, from 10 to 1,024,000. */
    public static Optional<Long> cpuMillis(Value value) {
        Optional<Long> millis = value.text(64).flatMap(text -> {
            Matcher parts = CPUS.matcher(text);
            return parts.matches() ? whole(parts.group(1), parts.group(2).isEmpty() ? 1000 : 1) : Optional.empty();
        });
        if (millis.isEmpty()) {
            return value.node().isTextual()
                    ? value.fault("must be a number of processors such as 2, 0.5 or 500m", "write it like one of these")
                    : millis;
        }
        return millis.get() < MIN_CPU_MILLIS || millis.get() > MAX_CPU_MILLIS
                ? value.fault("must be from 10m to 1024", "choose a number in that range")
                : millis;
    }

    /** Bytes in the largest binary unit that tells them exactly. */
    public static String written(long bytes) {
        for (String unit : List.of("Ti", "Gi", "Mi", "Ki")) {
            if (bytes >= UNITS.get(unit) && bytes % UNITS.get(unit) == 0) {
                return bytes / UNITS.get(unit) + unit;
            }
        }
        return Long.toString(bytes);
    }

    /** Thousandths of a processor, as whole processors where that is exact. */
    public static String cpusWritten(long millis) {
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
    }

    private static Optional<Long> whole(String number, long unit) {
        BigDecimal product = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        try {
            return Optional.of(product.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
        } catch (ArithmeticException fraction) {
            return Optional.empty();
        }
    }
}

package dev.fleetrunner.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The records {@code length key=value} that stand before an entry and overrule its header. */
final class PaxRecords {
    /** The longest decimal number of a 64-bit size. */
    private static final int DIGITS = 19;

    private final Map<String, byte[]> values = new HashMap<>();

    static PaxRecords none() {
        return new PaxRecords();
    }

    static PaxRecords of(byte[] bytes) throws DamagedTar {
        PaxRecords records = new PaxRecords();
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            long length = number(Arrays.copyOfRange(bytes, at, space));
            if (length < space - at + 2 || length > bytes.length - at) {
                throw new DamagedTar("an extended header has a record of a wrong length");
            }
            records.add(Arrays.copyOfRange(bytes, space + 1, at + (int) length - 1));
            at += (int) length;
        }
        return records;
    }

    private void add(byte[] entry) throws DamagedTar {
        int equals = 0;
        while (equals < entry.length && entry[equals] != '=') {
            equals++;
        }
        if (equals == entry.length) {
            throw new DamagedTar("an extended header has a record without =");
        }
        values.put(
                new String(entry, 0, equals, StandardCharsets.UTF_8),
                Arrays.copyOfRange(entry, equals + 1, entry.length));
    }

    Optional<byte[]> bytes(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> value.length > 0);
    }

    /** The size under this key, or the other one. */
    long size(String key, long other) throws DamagedTar {
        byte[] value = values.get(key);
        return value == null || value.length == 0 ? other : number(value);
    }

    private static long number(byte[] digits) throws DamagedTar {
        if (digits.length > 0 && digits.length <= DIGITS) {
            try {
                long number = Long.parseLong(new String(digits, StandardCharsets.ISO_8859_1));
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException notOne) {
                throw new DamagedTar("an extended header has a number that is none");
            }
        }
        throw new DamagedTar("an extended header has a number that is none");
    }
}

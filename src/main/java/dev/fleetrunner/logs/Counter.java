package dev.fleetrunner.logs;

import java.nio.charset.StandardCharsets;

/** A number that is kept as the digits that are written of it. */
final class Counter {
    private long value;
    private byte[] digits;

    Counter(long value) {
        this.value = value;
        digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    long value() {
        return value;
    }

    /** Adds one and writes the number; returns where it ends. */
    int next(byte[] target, int at) {
        value++;
        int i = digits.length - 1;
        while (i >= 0 && digits[i] == '9') {
            digits[i--] = '0';
        }
        if (i >= 0) {
            digits[i]++;
        } else {
            digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        }
        System.arraycopy(digits, 0, target, at, digits.length);
        return at + digits.length;
    }
}

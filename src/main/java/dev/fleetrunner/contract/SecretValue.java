package dev.fleetrunner.contract;

import java.util.Arrays;

/** Bytes that nobody may see: no text of this object, and so no message or record that holds it, shows them. */
public final class SecretValue {
    private final byte[] bytes;

    /** Takes a copy. */
    public SecretValue(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many there are. */
    public int length() {
        return bytes.length;
    }

    /** Without one line break at its end, LF or CRLF; the same if there is none. */
    public SecretValue withoutLineBreak() {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
        }
        return end == bytes.length ? this : new SecretValue(Arrays.copyOf(bytes, end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}

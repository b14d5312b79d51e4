package dev.fleetrunner.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single range of bytes, from the {@code Range} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range">RFC 9110, section 14.2</a>
 */
record ByteRange(long offset, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * The range that a header asks for, of a whole so many bytes long. Empty if there is none to keep to: several ranges
     * and other units may be passed over. A range that cannot be satisfied has a negative length.
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher match = header == null ? null : SINGLE.matcher(header.strip());
        if (match == null || !match.matches() || header.strip().equals("bytes=-")) {
            return Optional.empty();
        }
        if (match.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(match.group(2)), size);
            return Optional.of(new ByteRange(size - last, last == 0 ? -1 : last));
        }
        long first = Long.parseLong(match.group(1));
        long end = match.group(2).isEmpty() ? size : Math.min(Long.parseLong(match.group(2)) + 1, size);
        return Optional.of(new ByteRange(first, first >= size || end <= first ? -1 : end - first));
    }

    boolean satisfiable() {
        return length >= 0;
    }

    /** None of the bytes that were asked for is there. */
    static final class Unsatisfiable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long size;

        Unsatisfiable(long size) {
            super("the range lies outside of the " + size + " bytes that there are");
            this.size = size;
        }

        long size() {
            return size;
        }
    }

    /** The Content-Range header. */
    String of(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}

package dev.fleetrunner.report;

import java.io.IOException;
import java.io.Reader;

/** Reads lines of any length and keeps the beginning of each. */
final class Lines {
    private static final int MAX = 256 * 1024;

    private final Reader from;
    private final char[] block = new char[8192];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int end;

    Lines(Reader from) {
        this.from = from;
    }

    /** The next line without its end, at most 256 Ki characters of it; null after the last. */
    String next() throws IOException {
        line.setLength(0);
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            int start = at;
            while (at < end && block[at] != '\n') {
                at++;
            }
            line.append(block, start, Math.min(at - start, MAX - line.length()));
            if (at < end) {
                at++;
                break;
            }
        }
        if (any && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return any ? line.toString() : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, from.read(block, 0, block.length));
        return end > 0;
    }
}

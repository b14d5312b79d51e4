package dev.fleetrunner.report;

import java.nio.CharBuffer;

/** Collects text of any length and keeps its beginning and its end. */
final class Excerpt {
    private static final int HEAD = 16 * 1024;
    private static final int TAIL = 16 * 1024;

    private final StringBuilder head = new StringBuilder(0);
    private final StringBuilder tail = new StringBuilder(0);
    private boolean dropped;

    void add(CharSequence text) {
        int toHead = Math.min(text.length(), HEAD - head.length());
        head.append(text, 0, toHead);
        // Of what comes at once, no more than the tail is worth copying.
        int from = Math.max(toHead, text.length() - TAIL);
        dropped |= from > toHead;
        tail.append(text, from, text.length());
        if (tail.length() > 2 * TAIL) {
            tail.delete(0, tail.length() - TAIL);
            dropped = true;
        }
    }

    void add(char[] text, int from, int length) {
        add(CharBuffer.wrap(text, from, length));
    }

    boolean startsWith(String prefix) {
        return head.indexOf(prefix) == 0;
    }

    int length() {
        return head.length() + tail.length();
    }

    void clear() {
        head.setLength(0);
        tail.setLength(0);
        dropped = false;
    }

    @Override
    public String toString() {
        return dropped ? head + "\n[…]\n" + tail : head.toString() + tail;
    }
}

package dev.fleetrunner.report;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The same text over and over, made as it is read: for ever, or so many times between a beginning and an end. */
final class Endless extends InputStream {
    private final byte[] end;
    private final byte[] text;
    private byte[] current;
    private long left;
    private int at;

    Endless(String text) {
        this("", text, Long.MAX_VALUE, "");
    }

    Endless(String start, String text, long times, String end) {
        this.current = start.getBytes(StandardCharsets.UTF_8);
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.end = end.getBytes(StandardCharsets.UTF_8);
        this.left = times;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        int count = 0;
        while (count < length && (at < current.length || next())) {
            int step = Math.min(length - count, current.length - at);
            System.arraycopy(current, at, into, from + count, step);
            at += step;
            count += step;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private boolean next() {
        if (left < 0) {
            return false;
        }
        current = left-- > 0 ? text : end;
        at = 0;
        return true;
    }
}

package dev.fleetrunner.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is left of the limits. Every byte goes through here, so no parser needs to watch the clock itself. */
final class Budget {
    private final ReportLimits limits;
    private final long endNanos;
    private long bytesLeft;

    Budget(ReportLimits limits) {
        this.limits = limits;
        this.endNanos = System.nanoTime() + limits.time().toNanos();
        this.bytesLeft = limits.totalBytes();
    }

    /** Why no further file may be read; null while there is something left. */
    String spent() {
        if (Thread.currentThread().isInterrupted()) {
            return "reading was interrupted";
        }
        if (System.nanoTime() - endNanos > 0) {
            return "the reports took longer than " + limits.time().toSeconds() + " s to read";
        }
        return bytesLeft <= 0
                ? "the reports are larger than " + Bytes.inWords(limits.totalBytes()) + " together"
                : null;
    }

    Metered meter(InputStream bytes) {
        return new Metered(bytes);
    }

    /** Fails as soon as a limit is reached, and remembers which. */
    final class Metered extends FilterInputStream {
        private long fileLeft = limits.fileBytes();
        private String stop;

        private Metered(InputStream bytes) {
            super(bytes);
        }

        /** Which limit ended the reading, whatever a parser made of it; null if none did. */
        String stop() {
            return stop;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (stop == null) {
                stop = spent();
            }
            if (stop != null) {
                throw new IOException(stop);
            }
            int count = super.read(into, from, length);
            if (count > 0) {
                bytesLeft -= count;
                fileLeft -= count;
            }
            if (fileLeft < 0) {
                stop = "it is larger than " + Bytes.inWords(limits.fileBytes());
                throw new IOException(stop);
            }
            return count;
        }
    }
}

package dev.fleetrunner.cli.files;

import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Words;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that shows at the terminal how much of it has been read. */
final class Progress extends FilterInputStream {
    private static final long STEP = 1 << 18;
    private static final int BAR = 30;

    private final Screen screen;
    private final String what;
    private final long size;
    private long done;
    private long shown;

    /** Of a stream of so many bytes. */
    Progress(Screen screen, String what, long size, InputStream stream) {
        super(stream);
        this.screen = screen;
        this.what = what;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        done += read;
        if (done - shown >= STEP || (done == size && shown > 0)) {
            shown = done;
            int filled = size <= 0 ? BAR : (int) Math.min(BAR, BAR * done / size);
            screen.status(what + " [" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + Words.bytes(done)
                    + " of " + Words.bytes(size));
        }
    }

    @Override
    public void close() throws IOException {
        screen.status("");
        super.close();
    }
}

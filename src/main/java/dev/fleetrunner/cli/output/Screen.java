package dev.fleetrunner.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where a command writes: data to standard output, words to standard error. Thread-safe. */
public final class Screen {
    private static final int BLOCK = 1 << 16;

    private final Shell shell;
    private final Style outStyle;
    private final Style errStyle;
    private String status = "";

    /** On the streams of a shell. */
    public Screen(Shell shell) {
        this.shell = shell;
        boolean plain = shell.variable("NO_COLOR") != null || "dumb".equals(shell.variable("TERM"));
        outStyle = new Style(shell.outIsTerminal() && !plain);
        errStyle = new Style(shell.errIsTerminal() && !plain);
    }

    /** What the shell gave. */
    public Shell shell() {
        return shell;
    }

    /** How standard output is coloured, if at all. */
    public Style style() {
        return outStyle;
    }

    /** How standard error is coloured, if at all. */
    public Style noteStyle() {
        return errStyle;
    }

    /** A line of data. */
    public void line(String text) {
        text(text + "\n");
    }

    /** Data as it is. */
    public void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of data, at once. */
    public void bytes(byte[] bytes) {
        bytes(bytes, bytes.length);
    }

    /** All of a stream as data. */
    public void copy(InputStream stream) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
            bytes(block, read);
        }
    }

    private synchronized void bytes(byte[] bytes, int length) {
        wipe();
        write(shell.out(), bytes, length);
    }

    /** Bytes that a task wrote to its standard error. */
    public synchronized void errorBytes(byte[] bytes) {
        wipe();
        write(shell.err(), bytes, bytes.length);
    }

    /** A line of words to people. */
    public void note(String text) {
        errorBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A line that the next one replaces, for who looks on; nothing where nobody does. Empty takes it away. */
    public synchronized void status(String text) {
        if (!shell.errIsTerminal() || text.equals(status)) {
            return;
        }
        wipe();
        status =
                shell.columns() > 0 && text.length() >= shell.columns() ? text.substring(0, shell.columns() - 1) : text;
        write(shell.err(), status.getBytes(StandardCharsets.UTF_8));
    }

    private void wipe() {
        if (!status.isEmpty()) {
            status = "";
            write(shell.err(), "\r\033[K".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void write(OutputStream stream, byte[] bytes) {
        write(stream, bytes, bytes.length);
    }

    private void write(OutputStream stream, byte[] bytes, int length) {
        try {
            stream.write(bytes, 0, length);
            stream.flush();
        } catch (IOException failed) {
            throw ClosedPipe.isReason(failed)
                    ? new ClosedPipe(failed)
                    : new UncheckedIOException("the output cannot be written: " + failed.getMessage(), failed);
        }
    }
}

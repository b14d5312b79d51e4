package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.LogLine;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Writes a log as the task wrote it: to the same stream, byte by byte. What the service says of it goes to the error. */
public final class LogPrinter implements Consumer<List<LogLine>> {
    private final Screen screen;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** To a screen. */
    public LogPrinter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void accept(List<LogLine> lines) {
        boolean toOut = true;
        for (LogLine line : lines) {
            boolean isOut = line.stream().equals("stdout");
            if (isOut != toOut) {
                flush(toOut);
                toOut = isOut;
            }
            pending.writeBytes(line.bytes());
        }
        flush(toOut);
    }

    private void flush(boolean toOut) {
        if (pending.size() > 0) {
            byte[] bytes = pending.toByteArray();
            pending.reset();
            if (toOut) {
                screen.bytes(bytes);
            } else {
                screen.errorBytes(bytes);
            }
        }
    }
}

package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.LogLine;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Writes a log's records as the service sent them, a line each. */
final class RecordPrinter implements Consumer<List<LogLine>> {
    private final Screen screen;

    RecordPrinter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void accept(List<LogLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (LogLine line : lines) {
            bytes.writeBytes(line.json());
            bytes.write('\n');
        }
        screen.bytes(bytes.toByteArray());
    }
}

package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.logs.terminal.Ansi;
import java.nio.charset.StandardCharsets;

/**
 * One record of a log as an agent reads it: without the terminal's escape sequences, and not endless.
 *
 * @param seq its number
 * @param text without its newline
 */
public record LogLine(long seq, String text) {
    private static final int MOST = 1000;

    /** Of a record. */
    public static LogLine of(LogRecord entry) {
        return of(entry, MOST);
    }

    /** Of a record, its text in so many bytes of JSON. */
    public static LogLine of(LogRecord entry, int bytes) {
        if (entry instanceof LogRecord.Line line) {
            String text = new String(line.bytes(), StandardCharsets.UTF_8);
            return new LogLine(line.seq(), Cut.end(Ansi.text(text), bytes));
        }
        var gap = (LogRecord.Gap) entry;
        String size = gap.bytes() < 0 ? "output" : gap.bytes() + " bytes of output";
        return new LogLine(
                gap.seq(), "[" + size + " missing here: " + gap.reason().word() + "]");
    }

    /** How many bytes it takes in JSON, its newline included. */
    public int size() {
        return JsonLength.ofText(text) + 2;
    }
}

package dev.fleetrunner.console.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.logs.terminal.Ansi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A record of a log as the console shows it, in a page and live.
 *
 * @param seq its number
 * @param at when it came, in ISO 8601
 * @param stream stdout, stderr or runner
 * @param mark tells the stream in a few letters
 * @param runs its text, each part in one style
 */
public record LogLine(long seq, String at, String stream, String mark, List<Ansi.Run> runs) {
    /** A page with hundreds of lines stays small even if each is as long as a record can be. */
    public static final int MAX_CHARACTERS = 4096;

    /** From a record as the log file has it. */
    public static LogLine of(JsonNode entry) {
        String stream = entry.path("stream").asText();
        return new LogLine(entry.path("seq").asLong(), entry.path("ts").asText(), stream, mark(stream), runs(entry));
    }

    private static String mark(String stream) {
        return stream.equals(LogStream.STDOUT.word()) ? "out" : stream.equals(LogStream.STDERR.word()) ? "err" : "note";
    }

    private static List<Ansi.Run> runs(JsonNode entry) {
        if (entry.has("gap")) {
            return List.of(new Ansi.Run("note", gap(entry.path("gap"))));
        }
        String text = entry.has("b64")
                ? new String(Base64.getDecoder().decode(entry.path("b64").asText()), StandardCharsets.UTF_8)
                : entry.path("text").asText();
        if (text.length() <= MAX_CHARACTERS) {
            return Ansi.runs(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
        List<Ansi.Run> runs = new ArrayList<>(Ansi.runs(text.substring(0, end)));
        runs.add(new Ansi.Run("note", " … " + (text.length() - end) + " more characters are in the plain text"));
        return List.copyOf(runs);
    }

    private static String gap(JsonNode gap) {
        long bytes = gap.path("bytes").asLong();
        String much = bytes < 0 ? "Output" : Words.bytes(bytes) + " of output";
        return gap.path("reason").asText().equals("cap")
                ? much + " came after the log had reached its cap, and was not kept."
                : much + " is missing here: the engine had thrown it away before the runner could read it.";
    }
}

package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import java.util.ArrayList;
import java.util.List;

/** Takes init's first and last words out of the command's output, on both streams alike, and keeps what they say. */
final class InitWords {
    private final InitWordsFilter out;
    private final InitWordsFilter err;

    InitWords(String nonce) {
        out = new InitWordsFilter(LogStream.STDOUT, nonce);
        err = new InitWordsFilter(LogStream.STDERR, nonce);
    }

    /** What of the chunk is the command's own, or nothing. */
    List<LogChunk> filter(LogChunk chunk) {
        return (chunk.stream() == LogStream.STDOUT ? out : err).filter(chunk);
    }

    /** Whether the last words have come on both streams: then so has everything before them. */
    boolean complete() {
        return out.lastWords() != null && err.lastWords() != null;
    }

    /** The report, or null if it has not come. */
    InitReport report() {
        String words = err.lastWords();
        return words == null ? null : InitReport.parse(words);
    }

    /** At the end of the output: what was held back and are no words of ours after all. */
    List<LogChunk> rest() {
        List<LogChunk> rest = new ArrayList<>(out.rest());
        rest.addAll(err.rest());
        return rest;
    }
}

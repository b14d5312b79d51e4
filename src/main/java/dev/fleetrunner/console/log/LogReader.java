package dev.fleetrunner.console.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.logs.LogLines;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.pipeline.OpenLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads logs as the console shows them. */
final class LogReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What is written meanwhile comes in one piece; nobody sees the difference. */
    private static final Duration GATHERING = Duration.ofMillis(50);
    /** A piece of this size is worth sending as it is. */
    private static final int MUCH = 64 * 1024;

    private LogReader() {}

    /** As many lines as are there, at most {@code limit}, from a number on. */
    static Uni<List<LogLine>> lines(OpenLog log, long from, long limit) {
        return log.readLines(LogQuery.from(from).withLimit(limit))
                .map(lines -> parse(lines.ndjson(), 0))
                .collect()
                .in(ArrayList<LogLine>::new, List::addAll)
                .map(List::copyOf);
    }

    /**
     * The lines behind a number, then every further one; as many at once as there are, but of more than {@code most} at
     * once only the last, for readers who can ask for what they miss. Honours demand.
     */
    static Multi<List<LogLine>> follow(OpenLog log, long after, int most) {
        return log.followLines(LogQuery.from(after + 1))
                .onItem()
                .transformToMulti(LogReader::thenGather)
                .concatenate()
                .map(lines -> parse(lines.ndjson(), end(lines.ndjson(), most)));
    }

    private static Multi<LogLines> thenGather(LogLines lines) {
        Multi<LogLines> now = Multi.createFrom().item(lines);
        if (lines.ndjson().length >= MUCH) {
            return now;
        }
        Uni<LogLines> later =
                Uni.createFrom().<LogLines>nullItem().onItem().delayIt().by(GATHERING);
        return Multi.createBy().concatenating().streams(now, later.toMulti());
    }

    /** Where the last so many lines begin. */
    private static int end(byte[] lines, int most) {
        int seen = 0;
        for (int i = lines.length - 2; i >= 0; i--) {
            seen += lines[i] == '\n' ? 1 : 0;
            if (seen == most) {
                return i + 1;
            }
        }
        return 0;
    }

    private static List<LogLine> parse(byte[] ndjson, int from) {
        List<LogLine> parsed = new ArrayList<>();
        var bytes = new ByteArrayInputStream(ndjson, from, ndjson.length - from);
        try (var entries = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(bytes)) {
            while (entries.hasNextValue()) {
                parsed.add(LogLine.of(entries.nextValue()));
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return parsed;
    }
}

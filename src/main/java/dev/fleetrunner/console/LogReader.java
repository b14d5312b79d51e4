package dev.fleetrunner.console;

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
import java.util.ArrayList;
import java.util.List;

/** Reads logs as the console shows them. */
final class LogReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LogReader() {}

    /** The last so many lines that are there. */
    static Uni<List<LogLine>> tail(OpenLog log, int lines) {
        return log.readLines(LogQuery.all().withTail(lines))
                .map(LogReader::parse)
                .collect()
                .in(ArrayList<LogLine>::new, List::addAll)
                .map(List::copyOf);
    }

    /** The lines behind a number, then every further one; as many at once as there are. Honours demand. */
    static Multi<List<LogLine>> follow(OpenLog log, long after) {
        return log.followLines(LogQuery.from(after + 1)).map(LogReader::parse);
    }

    private static List<LogLine> parse(LogLines lines) {
        List<LogLine> parsed = new ArrayList<>();
        try (var entries =
                MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(new ByteArrayInputStream(lines.ndjson()))) {
            while (entries.hasNextValue()) {
                parsed.add(LogLine.of(entries.nextValue()));
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return parsed;
    }
}

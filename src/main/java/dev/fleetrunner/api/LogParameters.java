package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogGrep;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.pipeline.Refusal;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a log a caller wants. */
public class LogParameters {
    @RestQuery
    @Parameter(description = "the first sequence number, from 1")
    Long from;

    @RestQuery
    @Parameter(description = "the most records")
    Long limit;

    @RestQuery
    @Parameter(description = "only the last so many records")
    Long tail;

    @RestQuery
    @Parameter(description = "stdout or stderr; both if not given")
    String stream;

    @RestQuery
    @Parameter(description = "only records with this text")
    String grep;

    @RestQuery
    @Parameter(description = "go on until the task is over; server-sent events always do")
    boolean follow;

    @RestHeader("Last-Event-ID")
    @Parameter(description = "resume behind this sequence number")
    Long lastEventId;

    /** The query; refused with {@code INVALID_REQUEST} for values that are none. */
    LogQuery query() {
        try {
            LogQuery query = LogQuery.from(lastEventId != null ? lastEventId + 1 : from != null ? from : 1);
            query = limit == null ? query : query.withLimit(limit);
            query = tail == null || lastEventId != null ? query : query.withTail(tail);
            query = stream == null ? query : query.withStream(stream());
            return grep == null || grep.isEmpty() ? query : query.withGrep(LogGrep.text(grep));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(CauseCode.INVALID_REQUEST.because(e.getMessage()));
        }
    }

    LogStream stream() {
        if (stream == null) {
            return null;
        }
        return switch (stream) {
            case "stdout" -> LogStream.STDOUT;
            case "stderr" -> LogStream.STDERR;
            default -> throw new IllegalArgumentException("stream must be stdout or stderr, not " + stream);
        };
    }

    /** Whether all that is asked for is the plain bytes, which can be given in ranges. */
    boolean isWhole() {
        return from == null && limit == null && tail == null && grep == null && !follow && lastEventId == null;
    }
}

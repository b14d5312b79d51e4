package dev.fleetrunner.api;

import dev.fleetrunner.logs.LogGrep;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.pipeline.Values;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a log a caller wants. */
public class LogParameters {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    @RestQuery
    @Parameter(description = "the first sequence number, from 1", schema = @Schema(type = SchemaType.INTEGER))
    String from;

    @RestQuery
    @Parameter(description = "the most records", schema = @Schema(type = SchemaType.INTEGER))
    String limit;

    @RestQuery
    @Parameter(description = "only the last so many records", schema = @Schema(type = SchemaType.INTEGER))
    String tail;

    @RestQuery
    @Parameter(description = "both if not given", schema = @Schema(enumeration = {"stdout", "stderr"}))
    String stream;

    @RestQuery
    @Parameter(description = "only records with this text")
    String grep;

    @RestQuery
    @Parameter(
            description = "go on until the task is over; server-sent events always do",
            schema = @Schema(type = SchemaType.BOOLEAN))
    String follow;

    @RestHeader(LAST_EVENT_ID)
    @Parameter(description = "resume behind this sequence number", schema = @Schema(type = SchemaType.INTEGER))
    String lastEventId;

    /** The query; refused with {@code INVALID_REQUEST} for values that are none. */
    LogQuery query() {
        Long resumed = Values.number(LAST_EVENT_ID, lastEventId, 0, Values.LARGEST);
        Long first = Values.number("from", from, 1, Values.LARGEST);
        Long most = Values.number("limit", limit, 0, Values.LARGEST);
        Long last = Values.number("tail", tail, 0, Values.LARGEST);
        try {
            LogQuery query = LogQuery.from(resumed != null ? resumed + 1 : first != null ? first : 1);
            query = most == null ? query : query.withLimit(most);
            query = last == null || resumed != null ? query : query.withTail(last);
            query = query.withStream(stream());
            return grep == null || grep.isEmpty() ? query : query.withGrep(LogGrep.text(grep));
        } catch (IllegalArgumentException e) {
            throw Values.invalid(e.getMessage());
        }
    }

    private LogStream stream() {
        if (stream == null) {
            return null;
        }
        return switch (stream) {
            case "stdout" -> LogStream.STDOUT;
            case "stderr" -> LogStream.STDERR;
            default -> throw Values.invalid("stream must be stdout or stderr");
        };
    }

    boolean follows() {
        return Values.flag("follow", follow);
    }

    /** Whether all that is asked for is the plain bytes, which can be given in ranges. */
    boolean isWhole() {
        return from == null && limit == null && tail == null && grep == null && !follows() && lastEventId == null;
    }
}

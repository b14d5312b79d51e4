package dev.fleetrunner.api;

import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogLines;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.pipeline.OpenLog;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Heartbeat;
import dev.fleetrunner.web.KnownTask;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

/** A task's log: as it was written, as records, or live. */
@Path("/api/v1/tasks/{id}/logs")
@Tag(name = "Logs")
public class LogsResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final Tasks tasks;
    private final WhoAsks who;

    LogsResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "The log",
            description = "`text/plain`: the command's own bytes, in ranges if asked for. `application/x-ndjson`: "
                    + "records with sequence number, time and stream. `text/event-stream`: records as they come, "
                    + "resumed by Last-Event-ID, with an event `end` when the task is over.")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            description = "one range of bytes of the plain text, without other parameters but `stream`",
            schema = @Schema(type = SchemaType.STRING, examples = "bytes=-4096"))
    @APIResponse(
            responseCode = "200",
            description = "The log",
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "206", description = "The range")
    @APIResponse(responseCode = "416", description = "None of the range is there; Content-Range has the size")
    public RestMulti<Buffer> plain(
            @RestPath String id,
            @BeanParam LogParameters parameters,
            @Parameter(hidden = true) @RestHeader("Range") String range) {
        if (!parameters.isWhole()) {
            var query = parameters.query();
            return RestMulti.fromUniResponse(
                    tasks.log(who.caller(), id),
                    log -> (parameters.follows() ? log.follow(query) : log.read(query)).map(LogsResource::text),
                    log -> Map.of("Content-Type", List.of(PLAIN)));
        }
        LogStream stream = parameters.query().stream();
        return RestMulti.fromUniResponse(
                tasks.log(who.caller(), id).map(log -> Part.of(log, stream, range)),
                part -> part.log().plain(stream, part.offset(), part.length()).map(Buffer::buffer),
                Part::headers,
                Part::status);
    }

    /** What of the plain text is asked for. */
    private record Part(OpenLog log, long size, Optional<ByteRange> range) {

        static Part of(OpenLog log, LogStream stream, String header) {
            LogInfo info = log.info();
            long size = stream == null
                    ? info.keptBytes()
                    : stream == LogStream.STDOUT ? info.stdoutBytes() : info.stderrBytes();
            Optional<ByteRange> range = ByteRange.parse(header, size);
            if (range.isPresent() && !range.get().satisfiable()) {
                throw new ByteRange.Unsatisfiable(size);
            }
            return new Part(log, size, range);
        }

        long offset() {
            return range.map(ByteRange::offset).orElse(0L);
        }

        long length() {
            return range.map(ByteRange::length).orElse(size);
        }

        int status() {
            return range.isPresent() ? 206 : 200;
        }

        Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new HashMap<>();
            headers.put("Content-Type", List.of(PLAIN));
            headers.put("Accept-Ranges", List.of("bytes"));
            range.ifPresent(some -> headers.put("Content-Range", List.of(some.of(size))));
            return headers;
        }
    }

    @GET
    @Produces(NDJSON + ";qs=0.5")
    @Operation(hidden = true)
    public RestMulti<Buffer> records(@RestPath String id, @BeanParam LogParameters parameters) {
        var query = parameters.query();
        return RestMulti.fromUniResponse(
                tasks.log(who.caller(), id),
                log -> (parameters.follows() ? log.followLines(query) : log.readLines(query))
                        .map(LogsResource::withoutLastNewline),
                log -> Map.of("Content-Type", List.of(NDJSON)));
    }

    /** A newline is put behind every item of such a stream. */
    private static Buffer withoutLastNewline(LogLines lines) {
        return Buffer.buffer(lines.ndjson()).slice(0, lines.ndjson().length - 1);
    }

    @GET
    @KnownTask
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.4")
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> live(@RestPath String id, @BeanParam LogParameters parameters, @Context Sse sse) {
        var query = parameters.query();
        return Heartbeat.beside(
                sse, tasks.log(who.caller(), id).map(log -> log.follow(query).map(line -> sse.newEventBuilder()
                        .id(Long.toString(line.seq()))
                        .data(line.json())
                        .build())));
    }

    private static Buffer text(LogRecord line) {
        if (line instanceof LogRecord.Line text) {
            Buffer bytes = Buffer.buffer(text.bytes());
            return text.eol() ? bytes.appendByte((byte) '\n') : bytes;
        }
        return Buffer.buffer();
    }
}

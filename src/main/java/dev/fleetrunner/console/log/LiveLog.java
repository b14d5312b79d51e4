package dev.fleetrunner.console.log;

import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Heartbeat;
import dev.fleetrunner.web.KnownTask;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The lines of a log as they come, for a task's page: an event has the lines that were there at once, or the last of
 * very many, and as its id the number of the last. The REST door has the records themselves.
 */
@Path("/tasks/{id}/log")
public class LiveLog {
    private final Tasks tasks;
    private final WhoAsks who;

    LiveLog(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    /**
     * The lines behind a number, and an event {@code end} when the task is over.
     *
     * @param after the number of the last line that the page has
     * @param lastEventId the same, from a browser that connects again
     */
    @GET
    @KnownTask
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long after,
            @RestHeader("Last-Event-ID") Long lastEventId,
            @Context Sse sse) {
        long seen = Math.max(0, lastEventId == null ? after : lastEventId);
        return Heartbeat.beside(sse, tasks.log(who.caller(), id).map(log -> LogReader.follow(log, seen, LogView.LINES)
                .map(lines -> event(sse, lines))));
    }

    private static OutboundSseEvent event(Sse sse, List<LogLine> lines) {
        return sse.newEventBuilder()
                .id(Long.toString(lines.get(lines.size() - 1).seq()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(lines)
                .build();
    }
}

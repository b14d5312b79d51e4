package dev.fleetrunner.console;

import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The lines of a log as they come, for a task's page: an event has all lines that were there at once, and as its id the
 * number of the last. The REST door has the records themselves.
 */
@Path("/tasks/{id}/log")
public class LiveLog {
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Tasks tasks;

    LiveLog(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * The lines behind a number, and an event {@code end} when the task is over.
     *
     * @param after the number of the last line that the page has
     * @param lastEventId the same, from a browser that connects again
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @RestPath String id,
            @RestQuery @DefaultValue("0") long after,
            @RestHeader("Last-Event-ID") Long lastEventId,
            @Context Sse sse) {
        long seen = Math.max(0, lastEventId == null ? after : lastEventId);
        return tasks.log(id).onItem().transformToMulti(known -> Multi.createBy()
                .merging()
                .streams(lines(sse, id, seen), beats(sse), overWithoutLog(id))
                .select()
                .first(event -> event != Event.LAST)
                .map(Event::sse)
                .onCompletion()
                .continueWith(sse.newEventBuilder().name("end").data("").build()));
    }

    /** An event on its way; the last one is not sent. */
    private record Event(OutboundSseEvent sse) {
        static final Event LAST = new Event(null);
    }

    private Multi<Event> lines(Sse sse, String id, long seen) {
        return LogReader.follow(tasks.logs(), id, seen)
                .map(lines -> new Event(event(sse, lines)))
                .onCompletion()
                .continueWith(Event.LAST);
    }

    private static OutboundSseEvent event(Sse sse, List<LogLine> lines) {
        return sse.newEventBuilder()
                .id(Long.toString(lines.get(lines.size() - 1).seq()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(lines)
                .build();
    }

    /** A comment now and then, so that no proxy takes the silence for the end. */
    private static Multi<Event> beats(Sse sse) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(BEAT)
                .every(BEAT)
                .onOverflow()
                .drop()
                .map(tick -> new Event(sse.newEventBuilder().comment("").build()));
    }

    /** A task that never got to have a log has none that could end. */
    private Multi<Event> overWithoutLog(String id) {
        return tasks.events(id, 0)
                .onItem()
                .transformToMulti(events -> events)
                .collect()
                .last()
                .chain(finished -> tasks.log(id))
                .onItem()
                .transformToMulti(log -> log.sealed()
                        ? Multi.createFrom().empty()
                        : Multi.createFrom().item(Event.LAST));
    }
}

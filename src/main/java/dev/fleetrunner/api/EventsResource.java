package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.web.Heartbeat;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The changes of a task's state as they happen. */
@Path("/api/v1/tasks/{id}/events")
@Tag(name = "Tasks")
public class EventsResource {
    private final Tasks tasks;

    EventsResource(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * A change.
     *
     * @param sequence its number in the task
     * @param type submitted, preparing, started, cancelRequested, collecting or finished
     * @param detail the runtime, the container, who asked, or the status; null where the type says it all
     */
    public record Change(long sequence, Instant at, String type, String detail) {

        static Change of(StoredEvent stored) {
            TaskEvent event = stored.event();
            String detail = null;
            if (event instanceof TaskEvent.Preparing preparing) {
                detail = preparing.runtime();
            } else if (event instanceof TaskEvent.Started started) {
                detail = started.containerId();
            } else if (event instanceof TaskEvent.CancelRequested request) {
                detail = request.by();
            } else if (event instanceof TaskEvent.Finished finished) {
                detail = finished.result().status().word();
            }
            String name = event.getClass().getSimpleName();
            return new Change(
                    stored.sequence(), stored.at(), Character.toLowerCase(name.charAt(0)) + name.substring(1), detail);
        }
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Changes of the state, as server-sent events",
            description = "Ids are sequence numbers; Last-Event-ID resumes")
    public Multi<OutboundSseEvent> events(
            @RestPath String id, @RestHeader("Last-Event-ID") Long lastEventId, @Context Sse sse) {
        return tasks.events(id, lastEventId == null ? 0 : lastEventId)
                .onItem()
                .transformToMulti(
                        events -> Heartbeat.beside(sse, events.map(Change::of).map(change -> sse.newEventBuilder()
                                .id(Long.toString(change.sequence()))
                                .name(change.type())
                                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                                .data(change)
                                .build())));
    }
}

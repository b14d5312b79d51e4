package dev.fleetrunner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.Values;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.web.Heartbeat;
import dev.fleetrunner.web.KnownTask;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The changes of a task's state as they happen. */
@Path("/api/v1/tasks/{id}/events")
@Tag(name = "Tasks")
public class EventsResource {
    private final Tasks tasks;
    private final WhoAsks who;
    private final ObjectMapper mapper;

    EventsResource(Tasks tasks, WhoAsks who, ObjectMapper mapper) {
        this.tasks = tasks;
        this.who = who;
        this.mapper = mapper;
    }

    /**
     * A change.
     *
     * @param sequence its number in the task
     * @param type submitted, preparing, started, cancelRequested, takenOver, collecting or finished
     * @param detail the runtime, the container, who asked, the runner that goes on, or the status; null where the type says it all
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
            } else if (event instanceof TaskEvent.TakenOver takeover) {
                detail = takeover.runner();
            } else if (event instanceof TaskEvent.Finished finished) {
                detail = finished.result().status().word();
            }
            String name = event.getClass().getSimpleName();
            return new Change(
                    stored.sequence(), stored.at(), Character.toLowerCase(name.charAt(0)) + name.substring(1), detail);
        }
    }

    @GET
    @KnownTask
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Changes of the state, as server-sent events",
            description = "Ids are sequence numbers; Last-Event-ID resumes. An event `end` comes last.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = Change.class)))
    public Multi<OutboundSseEvent> events(
            @RestPath String id,
            @RestHeader("Last-Event-ID")
                    @Parameter(description = "a sequence number", schema = @Schema(type = SchemaType.INTEGER))
                    String lastEventId,
            @Context Sse sse) {
        Long after = Values.number("Last-Event-ID", lastEventId, 0, Values.LARGEST);
        return Heartbeat.beside(
                sse, tasks.events(who.caller(), id, after == null ? 0 : after).map(events -> events.map(Change::of)
                        .map(change -> event(sse, change))));
    }

    private OutboundSseEvent event(Sse sse, Change change) {
        try {
            return sse.newEventBuilder()
                    .id(Long.toString(change.sequence()))
                    .name(change.type())
                    .data(mapper.writeValueAsString(change))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

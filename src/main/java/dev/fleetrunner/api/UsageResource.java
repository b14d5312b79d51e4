package dev.fleetrunner.api;

import dev.fleetrunner.contract.UsageSeries;
import dev.fleetrunner.pipeline.Story;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a task used over time. */
@Path("/api/v1/tasks/{id}/usage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class UsageResource {
    private final Tasks tasks;
    private final WhoAsks who;

    UsageResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @GET
    @Operation(
            summary = "What a task used over time",
            description =
                    "In columns, 120 samples at most; each has the most since the one before it, so no peak is lost. "
                            + "While the task runs, up to now.")
    @APIResponse(responseCode = "200", description = "The samples")
    @APIResponse(
            responseCode = "204",
            description = "Nothing was measured: it ran for less than two seconds, or not yet")
    public Uni<UsageSeries> usage(@RestPath String id) {
        return tasks.story(who.caller(), id).map(Story::usage);
    }
}

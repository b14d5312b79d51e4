package dev.fleetrunner.api;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.json.SpecWriter;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.Tasks.Accepted;
import dev.fleetrunner.security.WhoAsks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Tasks: submit, look, cancel, run again. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TasksResource {
    private static final String WAIT = "seconds to wait for the end of the task, 0 to 300";
    private static final String HELLO =
            """
            {"cmd": ["/bin/sh", "-c", "echo hello from $(id -un)"], "timeouts": {"overallSec": 60}}""";
    private static final String LIMITS =
            """
            {"image": "localhost/fleet-runner-base:latest", "cmd": ["/bin/bash", "-lc", "make test"],
             "env": {"CI": "true"}, "mounts": [{"type": "bind", "source": "/srv/build-123", "target": "/workspace"}],
             "timeouts": {"overallSec": 600}, "resources": {"cpu": "1", "memory": "512Mi", "pids": 128},
             "context": {"case_id": "case-7429", "role": "developer"}, "labels": {"team": "authz"}}""";

    private final Tasks tasks;
    private final WhoAsks who;
    private final SpecWriter writer = new SpecWriter();

    TasksResource(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    /** A page of tasks. */
    public record TaskPage(List<TaskBody> tasks, String nextCursor) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit a TaskSpec",
            description = "Answers when the task is durable. With `wait`, answers 200 with the TaskResult if the task "
                    + "ends in time. A repeat with the same Idempotency-Key gives the first task.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = ContractSchemas.SPEC),
                            examples = {
                                @ExampleObject(name = "hello", value = HELLO),
                                @ExampleObject(name = "limits", value = LIMITS)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The TaskResult, as it ended within `wait`",
            content = @Content(schema = @Schema(ref = ContractSchemas.RESULT)))
    @APIResponse(
            responseCode = "202",
            description = "Accepted; Location has its address",
            content = @Content(schema = @Schema(implementation = TaskBody.class)))
    @APIResponse(
            responseCode = "400",
            description = "A bad spec, with every fault",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "409", description = "The Idempotency-Key belongs to a task with another spec")
    @APIResponse(responseCode = "429", description = "The queue is full; Retry-After says when to come back")
    @APIResponse(responseCode = "507", description = "The disk is nearly full; Retry-After says when to come back")
    public Uni<RestResponse<Object>> submit(
            byte[] spec,
            @RestHeader(IdempotencyKey.HEADER) @Parameter(description = "1 to 255 printable ASCII characters")
                    String key,
            @RestQuery @Parameter(description = WAIT, schema = @Schema(type = SchemaType.INTEGER)) String wait) {
        var limit = Wait.of(wait);
        Caller caller = who.caller();
        return tasks.submit(caller, spec, IdempotencyKey.checked(key))
                .chain(accepted -> resultWithin(caller, limit, accepted).map(result -> answer(accepted, result)));
    }

    /** Who does not wait gets the task, always: a result that happens to be there would be another document. */
    private Uni<Optional<TaskResult>> resultWithin(Caller caller, Duration limit, Accepted accepted) {
        return limit.isZero()
                ? Uni.createFrom().item(Optional.empty())
                : tasks.awaitResult(caller, accepted.task().row().id(), limit);
    }

    private static RestResponse<Object> answer(Accepted accepted, Optional<TaskResult> result) {
        String id = accepted.task().row().id();
        return RestResponse.ResponseBuilder.create(result.isPresent() ? 200 : 202)
                .location(URI.create("/api/v1/tasks/" + id))
                .header("Idempotency-Replayed", accepted.repeated())
                .entity(result.<Object>map(done -> done).orElseGet(() -> TaskBody.of(accepted.task())))
                .build();
    }

    @GET
    @Operation(summary = "List tasks, newest first")
    public Uni<TaskPage> list(@BeanParam TaskFilters filters) {
        return tasks.find(who.caller(), filters.query())
                .map(page -> new TaskPage(
                        page.tasks().stream().map(tasks::view).map(TaskBody::of).toList(), page.nextCursor()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Where a task stands")
    public Uni<TaskBody> get(@RestPath String id) {
        return tasks.get(who.caller(), id).map(TaskBody::of);
    }

    @GET
    @Path("/{id}/spec")
    @Operation(summary = "The spec as accepted, defaults filled in")
    @APIResponse(
            responseCode = "200",
            description = "The spec",
            content = @Content(schema = @Schema(ref = ContractSchemas.SPEC)))
    public Uni<byte[]> spec(@RestPath String id) {
        return tasks.spec(who.caller(), id).map(writer::write);
    }

    @GET
    @Path("/{id}/result")
    @Operation(
            summary = "The TaskResult",
            description = "200 when the task is over, if need be after waiting; 202 with its state while it is not")
    @APIResponse(
            responseCode = "200",
            description = "The TaskResult",
            content = @Content(schema = @Schema(ref = ContractSchemas.RESULT)))
    @APIResponse(
            responseCode = "202",
            description = "Not over yet; where the task stands",
            content = @Content(schema = @Schema(implementation = TaskBody.class)))
    public Uni<RestResponse<Object>> result(
            @RestPath String id,
            @RestQuery @Parameter(description = WAIT, schema = @Schema(type = SchemaType.INTEGER)) String wait) {
        var limit = Wait.of(wait);
        Caller caller = who.caller();
        return tasks.awaitResult(caller, id, limit)
                .chain(result -> result.isPresent()
                        ? Uni.createFrom().item(RestResponse.ok((Object) result.get()))
                        : tasks.get(caller, id).map(view -> RestResponse.ResponseBuilder.<Object>create(202)
                                .entity(TaskBody.of(view))
                                .build()));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            summary = "Ask for a task's end",
            description = "Idempotent; in every phase; of no effect when it is over")
    public Uni<TaskBody> cancel(@RestPath String id) {
        return tasks.cancel(who.caller(), id).map(TaskBody::of);
    }

    @POST
    @Path("/{id}/rerun")
    @Operation(summary = "The same spec again, as a new task")
    @APIResponse(
            responseCode = "202",
            description = "Accepted; Location has its address",
            content = @Content(schema = @Schema(implementation = TaskBody.class)))
    public Uni<RestResponse<Object>> rerun(@RestPath String id) {
        return tasks.rerun(who.caller(), id).map(accepted -> answer(accepted, Optional.empty()));
    }
}

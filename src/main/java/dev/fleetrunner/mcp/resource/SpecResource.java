package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.pipeline.Tasks;
import io.quarkiverse.mcp.server.ResourceContents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** A TaskSpec as it was accepted. */
@Singleton
class SpecResource implements AgentResource {
    private final Tasks tasks;

    SpecResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-spec",
                "task://{id}/spec",
                "TaskSpec",
                "The TaskSpec as it was accepted, its defaults filled in; values of secrets are never in it",
                Documents.JSON);
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        return tasks.spec(request.caller(), request.taskId()).map(spec -> Documents.of(request.uri(), spec));
    }
}

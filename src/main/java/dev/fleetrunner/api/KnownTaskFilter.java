package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers a {@link KnownTask} call for a task that does not exist with a problem document. */
class KnownTaskFilter {
    private final Tasks tasks;

    KnownTaskFilter(Tasks tasks) {
        this.tasks = tasks;
    }

    @KnownTask
    @ServerRequestFilter
    public Uni<Void> look(UriInfo uri) {
        return tasks.get(uri.getPathParameters().getFirst("id")).replaceWithVoid();
    }
}

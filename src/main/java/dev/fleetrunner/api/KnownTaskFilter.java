package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.KnownTask;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers a {@link KnownTask} call for a task that does not exist with a problem document. */
class KnownTaskFilter {
    private final Tasks tasks;
    private final WhoAsks who;

    KnownTaskFilter(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @KnownTask
    @ServerRequestFilter
    public Uni<Void> look(UriInfo uri) {
        return tasks.get(who.caller(), uri.getPathParameters().getFirst("id")).replaceWithVoid();
    }
}

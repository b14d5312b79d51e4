package dev.fleetrunner.console.overview;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Occupancy;
import dev.fleetrunner.pipeline.Occupancy.Waiting;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Heartbeat;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** What goes on right now, kept up to date by events that each bring the page's body. */
@Path("/")
public class OverviewPage {
    private static final Duration STEP = Duration.ofSeconds(2);
    /** A page and each of its updates stay small however much runs. */
    private static final int CARDS = 40;

    private static final int WAITING = 20;

    private final Tasks tasks;
    private final Occupancy occupancy;
    private final Runtimes runtimes;
    private final DiskBrake brake;
    private final WhoAsks who;

    OverviewPage(Tasks tasks, Occupancy occupancy, Runtimes runtimes, DiskBrake brake, WhoAsks who) {
        this.tasks = tasks;
        this.occupancy = occupancy;
        this.runtimes = runtimes;
        this.brake = brake;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance overview(Overview overview);

        static native TemplateInstance overview$body(Overview overview);
    }

    /** The page. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<RestResponse<String>> overview() {
        return Page.of(content(who.caller()).map(Templates::overview));
    }

    /** The page's body again whenever it has changed. */
    @GET
    @Path("/overview/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Caller caller = who.caller();
        Multi<OutboundSseEvent> changes = Multi.createFrom()
                .ticks()
                .startingAfter(STEP)
                .every(STEP)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> content(caller)
                        .map(Templates::overview$body)
                        .chain(TemplateInstance::createUni)
                        // A store that is busy for a moment is no reason to end the stream.
                        .onFailure()
                        .recoverWithNull())
                .skip()
                .repetitions()
                .map(html -> sse.newEventBuilder().name("overview").data(html).build());
        return Heartbeat.beside(sse, changes);
    }

    private Uni<Overview> content(Caller caller) {
        Instant now = Instant.now();
        return Uni.combine()
                .all()
                .unis(tasks.endedSince(caller, Overview.midnight(now)), tasks.counts(caller))
                .with((ended, counts) -> overview(caller, now, ended, counts));
    }

    private Overview overview(Caller caller, Instant now, Map<TaskStatus, Long> ended, Map<TaskStatus, Long> counts) {
        List<ActiveTask> running = occupancy.running(caller);
        List<Waiting> waiting = occupancy.waiting(caller, WAITING);
        long queued = Math.max(waiting.size(), counts.getOrDefault(TaskStatus.PENDING, 0L));
        return new Overview(
                running.size() + " running, " + queued + " waiting",
                running.stream()
                        .limit(CARDS)
                        .map(task -> RunningCard.of(task, now))
                        .toList(),
                Math.max(0, running.size() - CARDS),
                running.size(),
                occupancy.places(),
                waiting.stream().map(task -> WaitingLine.of(task, now)).toList(),
                queued,
                queued - waiting.size(),
                Overview.Count.of(ended),
                RuntimeLine.all(runtimes),
                Overview.Disk.of(brake));
    }
}

package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Occupancy;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskQuery;
import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceManager.ResourceInfo;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The caller's tasks that wait or run: a resource to subscribe to. Whoever does is told at most once a second that
 * something changed, by whomever, and then reads what is its own.
 */
@Singleton
class ActiveTasks {
    private static final String URI = "task://active";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST = 200;

    private final ResourceManager manager;
    private final Tasks tasks;
    private final Occupancy occupancy;
    private final WhoAsks who;
    private Cancellable looking = () -> {};
    private int seen;

    ActiveTasks(ResourceManager manager, Tasks tasks, Occupancy occupancy, WhoAsks who) {
        this.manager = manager;
        this.tasks = tasks;
        this.occupancy = occupancy;
        this.who = who;
    }

    void register(@Observes StartupEvent start) {
        ResourceInfo active = manager.newResource("active-tasks")
                .setUri(URI)
                .setTitle("Active tasks")
                .setDescription("Your tasks that wait or run, newest first; subscribe to hear when that changes")
                .setMimeType(Documents.JSON)
                .setAsyncHandler(arguments -> read(who.caller()))
                .register();
        looking = Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> look(active));
    }

    void stop(@Observes ShutdownEvent end) {
        looking.cancel();
    }

    private void look(ResourceInfo active) {
        int now = occupancy.fingerprint();
        if (now != seen) {
            seen = now;
            active.sendUpdateAndForget();
        }
    }

    private Uni<ResourceResponse> read(Caller caller) {
        TaskQuery query = TaskQuery.inStatus(Set.of(TaskStatus.PENDING, TaskStatus.RUNNING), null, MOST);
        return tasks.find(caller, query)
                .map(page -> new ResourceResponse(Documents.of(
                        URI,
                        page.tasks().stream()
                                .map(tasks::view)
                                .map(ActiveTasks::json)
                                .toList())));
    }

    private static Map<String, Object> json(TaskView task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", task.row().id());
        json.put("status", task.row().status().word());
        json.put("phase", task.row().phase().word());
        json.put("queuePosition", task.queuePosition());
        json.put("progress", task.progress());
        json.put("uri", "task://" + task.row().id() + "/result");
        return json;
    }
}

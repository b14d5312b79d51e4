package dev.fleetrunner.console;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The tasks, newest first, and how the service is. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class HomePage {
    private static final int ROWS = 30;

    private final Tasks tasks;
    private final Runtimes runtimes;
    private final WhoAsks who;

    HomePage(Tasks tasks, Runtimes runtimes, WhoAsks who) {
        this.tasks = tasks;
        this.runtimes = runtimes;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance tasks(Home home);
    }

    /**
     * A list by status.
     *
     * @param mark a sign for the status; null for all
     * @param count how many tasks it has
     * @param current whether it is the one shown
     */
    record Filter(String name, String mark, String link, long count, boolean current) {}

    /**
     * The page.
     *
     * @param link the page's own address
     * @param newest the address of the first page; null on it
     * @param older the address of the next page; null on the last
     * @param waiting how many tasks wait for their turn
     * @param up whether any runtime is
     */
    record Home(
            String link,
            List<Filter> filters,
            List<TaskLine> tasks,
            String newest,
            String older,
            long waiting,
            List<RuntimeLine> runtimes,
            boolean up) {}

    /**
     * The page.
     *
     * @param status only tasks in this one; all if it is not given
     * @param cursor of the page before
     */
    @GET
    public Uni<RestResponse<String>> home(@RestQuery String status, @RestQuery String cursor) {
        return Page.of(Uni.createFrom().deferred(() -> content(status, cursor)));
    }

    private Uni<TemplateInstance> content(String status, String cursor) {
        Caller caller = who.caller();
        Set<TaskStatus> wanted = status == null || status.isEmpty() ? Set.of() : Set.of(status(status));
        return Uni.combine()
                .all()
                .unis(tasks.find(caller, TaskQuery.inStatus(wanted, cursor, ROWS)), tasks.counts(caller))
                .with((page, counts) -> Templates.tasks(home(wanted, cursor, page, counts)));
    }

    private static TaskStatus status(String word) {
        try {
            return TaskStatus.of(word);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(CauseCode.INVALID_REQUEST.because("there is no status " + word));
        }
    }

    private Home home(Set<TaskStatus> wanted, String cursor, TaskIndex.Page page, Map<TaskStatus, Long> counts) {
        Instant now = Instant.now();
        TaskStatus status = wanted.stream().findFirst().orElse(null);
        List<RuntimeLine> runtimeLines = RuntimeLine.all(runtimes);
        return new Home(
                link(status, cursor),
                filters(status, counts),
                page.tasks().stream().map(row -> TaskLine.of(row, now)).toList(),
                cursor == null ? null : link(status, null),
                page.nextCursor() == null ? null : link(status, page.nextCursor()),
                counts.getOrDefault(TaskStatus.PENDING, 0L),
                runtimeLines,
                runtimeLines.stream().anyMatch(RuntimeLine::up));
    }

    private static List<Filter> filters(TaskStatus current, Map<TaskStatus, Long> counts) {
        List<Filter> filters = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        filters.add(new Filter("all", null, "/", all, current == null));
        for (TaskStatus status : TaskStatus.values()) {
            long count = counts.getOrDefault(status, 0L);
            filters.add(new Filter(status.word(), Words.mark(status), link(status, null), count, status == current));
        }
        return filters;
    }

    private static String link(TaskStatus status, String cursor) {
        List<String> parameters = new ArrayList<>();
        if (status != null) {
            parameters.add("status=" + status.word());
        }
        if (cursor != null) {
            parameters.add("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
        return parameters.isEmpty() ? "/" : "/?" + String.join("&", parameters);
    }
}

package dev.fleetrunner.console.tasks;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskQuery;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** The tasks that fit the filters in the address, newest first: a view can be shared as it is. */
@Path("/tasks")
@Produces(MediaType.TEXT_HTML)
public class TasksPage {
    private final Tasks tasks;
    private final WhoAsks who;

    TasksPage(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance tasks(Listed list);
    }

    /**
     * A list by status.
     *
     * @param mark a sign for the status; null for all
     * @param count how many tasks it has, under the other filters
     * @param current whether it is the one shown
     */
    record Chip(String name, String mark, String link, long count, boolean current) {}

    /**
     * The page.
     *
     * @param link the page's own address
     * @param fields the filters but the status, as they are
     * @param filtered whether any of them is set
     * @param newest the address of the first page; null on it
     * @param older the address of the next page; null on the last
     */
    record Listed(
            String link,
            String status,
            List<Chip> chips,
            List<FilterField> fields,
            boolean filtered,
            List<TaskLine> tasks,
            String newest,
            String older) {}

    /** The page. */
    @GET
    public Uni<RestResponse<String>> list(@BeanParam ListFilters filters) {
        Caller caller = who.caller();
        return Page.of(Uni.createFrom().deferred(() -> content(caller, filters)));
    }

    private Uni<TemplateInstance> content(Caller caller, ListFilters filters) {
        TaskQuery query = filters.query();
        return Uni.combine()
                .all()
                .unis(tasks.find(caller, query), tasks.counts(caller, query))
                .with((page, counts) -> Templates.tasks(listed(filters, page, counts)));
    }

    private static Listed listed(ListFilters filters, TaskIndex.Page page, Map<TaskStatus, Long> counts) {
        Instant now = Instant.now();
        return new Listed(
                filters.link(filters.cursor),
                filters.status,
                chips(filters, counts),
                filters.fields(),
                filters.fields().stream().anyMatch(field -> !field.value().isEmpty()),
                page.tasks().stream().map(row -> TaskLine.of(row, now)).toList(),
                filters.cursor == null ? null : filters.link(null),
                page.nextCursor() == null ? null : filters.link(page.nextCursor()));
    }

    private static List<Chip> chips(ListFilters filters, Map<TaskStatus, Long> counts) {
        List<Chip> chips = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        String now = filters.status == null ? "" : filters.status;
        chips.add(new Chip("all", null, filters.inStatus(""), all, now.isEmpty()));
        for (TaskStatus status : TaskStatus.values()) {
            String word = status.word();
            chips.add(new Chip(
                    word,
                    Words.mark(status),
                    filters.inStatus(word),
                    counts.getOrDefault(status, 0L),
                    now.equals(word)));
        }
        return chips;
    }
}

package dev.fleetrunner.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.SpecWriter;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** One task: how it stands and why, its spec, its log; and its cancelling, which asks once more. */
@Path("/tasks/{id}")
@Produces(MediaType.TEXT_HTML)
public class TaskPage {
    static final int LINES = 500;

    private final Tasks tasks;
    private final WhoAsks who;
    private final ObjectMapper json;
    private final SpecWriter writer = new SpecWriter();

    TaskPage(Tasks tasks, WhoAsks who, ObjectMapper json) {
        this.tasks = tasks;
        this.who = who;
        this.json = json;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance task(TaskDetails task, String spec, Log log, Left left);

        static native TemplateInstance cancel(TaskDetails task);
    }

    /**
     * The end of the log.
     *
     * @param last the number of the last line; 0 if there is none
     * @param earlier how many lines are not shown
     * @param live whether more may come
     */
    record Log(List<LogLine> lines, long last, long earlier, boolean live) {

        static Log of(List<LogLine> lines, boolean over) {
            long last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
            return new Log(lines, last, last - lines.size(), !over);
        }
    }

    /** The task. */
    @GET
    public Uni<RestResponse<String>> task(@RestPath String id) {
        Caller caller = who.caller();
        Uni<List<LogLine>> lines = tasks.log(caller, id).chain(log -> LogReader.tail(log, LINES));
        return Page.of(tasks.get(caller, id).chain(view -> Uni.combine()
                .all()
                .unis(tasks.spec(caller, id), details(caller, view), lines, left(caller, id))
                .with((spec, details, end, left) ->
                        Templates.task(details, pretty(spec), Log.of(end, details.over()), left))));
    }

    /** Asks whether to cancel. */
    @GET
    @Path("/cancel")
    public Uni<RestResponse<String>> confirm(@RestPath String id) {
        Caller caller = who.caller();
        return Page.of(
                tasks.get(caller, id).chain(view -> details(caller, view)).map(Templates::cancel));
    }

    /** Cancels, and shows what comes of it. */
    @POST
    @Path("/cancel")
    public Uni<RestResponse<String>> cancel(@RestPath String id) {
        return Page.after(tasks.cancel(who.caller(), id), "/tasks/" + id);
    }

    private Uni<TaskDetails> details(Caller caller, TaskView view) {
        String id = view.row().id();
        return Uni.combine()
                .all()
                .unis(tasks.spec(caller, id), tasks.result(caller, id))
                .with((spec, result) -> TaskDetails.of(view, spec, result.orElse(null), Instant.now()));
    }

    private Uni<Left> left(Caller caller, String id) {
        return Uni.combine()
                .all()
                .unis(tasks.result(caller, id), tasks.artifacts(caller, id))
                .with((result, files) -> Left.of(id, result.orElse(null), files));
    }

    private String pretty(TaskSpec spec) {
        try {
            JsonNode tree = json.readTree(writer.write(spec));
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

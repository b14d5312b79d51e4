package dev.fleetrunner.console.cases;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Story;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.web.Address;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The tasks of a case in their order, and what changed in the outcome from one to the next. */
@Path("/cases")
@Produces(MediaType.TEXT_HTML)
public class CasePage {
    private static final int MOST = 100;

    private final Tasks tasks;
    private final WhoAsks who;

    CasePage(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance cases(Case found);
    }

    /**
     * The page.
     *
     * @param link the page's own address
     * @param list the address of the list of the case's tasks
     * @param words how the case stands, for the page's title
     * @param lines the newest first
     * @param cut whether there are earlier tasks that are not shown
     */
    record Case(String id, String link, String list, String words, List<CaseLine> lines, boolean cut) {}

    /** The page. */
    @GET
    @Path("/{case_id:.+}")
    public Uni<RestResponse<String>> show(@RestPath("case_id") String caseId) {
        Caller caller = who.caller();
        return Page.of(tasks.find(caller, TaskQuery.ofCase(caseId, MOST)).chain(page -> {
            if (page.tasks().isEmpty()) {
                throw Refusal.of(CauseCode.NOT_FOUND.because("no task that you see belongs to this case"));
            }
            return Multi.createFrom()
                    .iterable(page.tasks())
                    .onItem()
                    .transformToUniAndConcatenate(row -> tasks.story(caller, row.id())
                            // Retention was faster.
                            .onFailure(Refusal.class)
                            .recoverWithNull())
                    .collect()
                    .asList()
                    .map(stories -> Templates.cases(found(caseId, stories, page.nextCursor() != null)));
        }));
    }

    private static Case found(String caseId, List<Story> newestFirst, boolean cut) {
        Instant now = Instant.now();
        List<Story> inOrder = new ArrayList<>(newestFirst);
        Collections.reverse(inOrder);
        Map<CaseLine.Line, TaskResult> earlier = new HashMap<>();
        List<CaseLine> lines = new ArrayList<>(
                inOrder.stream().map(story -> CaseLine.of(story, earlier, now)).toList());
        Collections.reverse(lines);
        String encoded = Address.encoded(caseId);
        String last = lines.isEmpty()
                ? "forgotten"
                : lines.get(0).task().mark() + " " + lines.get(0).task().status();
        return new Case(
                caseId, "/cases/" + encoded, "/tasks?case_id=" + encoded, last + " · case " + caseId, lines, cut);
    }
}

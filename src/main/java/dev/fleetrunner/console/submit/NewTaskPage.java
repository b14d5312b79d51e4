package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.json.SpecWriter;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** A new task: as a form or as JSON, from nothing, an example or an earlier task; checked, and submitted once. */
@Path("/tasks/new")
@Produces(MediaType.TEXT_HTML)
public class NewTaskPage {
    private final Tasks tasks;
    private final WhoAsks who;
    private final SpecWriter writer = new SpecWriter();

    NewTaskPage(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance form(NewTask page);
    }

    /**
     * The page to begin with.
     *
     * @param from an earlier task
     */
    @GET
    public Uni<RestResponse<String>> begin(
            @RestQuery String view, @RestQuery String example, @RestQuery String from, @Context UriInfo uri) {
        Caller caller = who.caller();
        var answer = new NewTaskAnswer(uri);
        boolean json = Draft.JSON.equals(view);
        return Page.of(tasks.submitting(caller)
                .chain(() -> draft(caller, example, from, json))
                .map(answer::shown));
    }

    private Uni<Draft> draft(Caller caller, String example, String from, boolean json) {
        if (from != null) {
            return tasks.spec(caller, from)
                    .map(spec -> tree(new String(writer.write(spec), StandardCharsets.UTF_8)))
                    .map(spec -> Draft.of(SpecSchema.unusual(spec), json));
        }
        Draft begun = example != null
                ? Draft.of(tree(Example.named(example).spec()), json)
                : Draft.form(Typed.NOTHING, Draft.newKey()).shownAs(json ? Draft.JSON : "");
        return Uni.createFrom().item(begun);
    }

    private static ObjectNode tree(String spec) {
        return JsonText.tree(spec).orElseThrow();
    }

    /**
     * Takes what a browser posts: shows it in the other form, with more rows, with what the policy says of it, or submits
     * it.
     *
     * @param script whether a script asks, which keeps the focus where it is
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<String>> take(
            byte[] posted, @RestHeader("HX-Request") String script, @Context UriInfo uri) {
        Caller caller = who.caller();
        var answer = new NewTaskAnswer(uri);
        return tasks.submitting(caller)
                .chain(() -> take(caller, Typed.of(posted), answer, script == null))
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private Uni<RestResponse<String>> take(Caller caller, Typed typed, NewTaskAnswer answer, boolean focus) {
        Draft draft = Draft.posted(typed);
        String[] action = typed.get("action").split(" ", 2);
        String rows = action.length < 2 ? "" : action[1];
        if (!typed.get("view").isEmpty()) {
            return Page.of(200, answer.shown(draft.shownAs(typed.get("view"))));
        }
        return switch (action[0]) {
            case "more" -> Page.of(200, answer.withMore(draft, rows));
            case "drop" -> Page.of(200, answer.shown(draft.without(rows)));
            case "check" -> check(caller, draft, answer, focus);
            default -> submit(caller, draft, answer);
        };
    }

    private Uni<RestResponse<String>> check(Caller caller, Draft draft, NewTaskAnswer answer, boolean focus) {
        return tasks.explain(caller, draft.document())
                .map(decision -> answer.explained(draft, decision, focus))
                .onFailure(Refusal.class)
                .recoverWithItem(refusal -> answer.notExplained(draft, refusal, focus))
                .chain(page -> Page.of(200, page));
    }

    private Uni<RestResponse<String>> submit(Caller caller, Draft draft, NewTaskAnswer answer) {
        return tasks.submit(caller, draft.document(), draft.key())
                .map(accepted ->
                        Page.redirect("/tasks/" + accepted.task().row().id()).build())
                .onFailure(NewTaskPage::mendable)
                .recoverWithUni(refusal ->
                        Page.of(NewTaskAnswer.status((Refusal) refusal), answer.refused(draft, (Refusal) refusal)));
    }

    private static boolean mendable(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason().code() != CauseCode.FORBIDDEN;
    }
}

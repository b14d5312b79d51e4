package dev.fleetrunner.console.signin;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.pipeline.Attendance;
import dev.fleetrunner.security.Found;
import dev.fleetrunner.security.Gate;
import dev.fleetrunner.security.People;
import dev.fleetrunner.security.SameSite;
import dev.fleetrunner.security.Sessions;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** A token for a session, and the session's end. What is typed in is never logged. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {
    private final Gate gate;
    private final Sessions sessions;
    private final People people;
    private final WhoAsks who;
    private final Attendance attendance;

    SignInPage(Gate gate, Sessions sessions, People people, WhoAsks who, Attendance attendance) {
        this.gate = gate;
        this.sessions = sessions;
        this.people = people;
        this.who = who;
        this.attendance = attendance;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance form(Form form);
    }

    /**
     * The form.
     *
     * @param to where to go afterwards, a path of ours
     * @param error what was wrong with the last attempt; null if nothing was
     * @param fromElsewhere whether a link on another site led here: the browser keeps the session back then
     * @param provider where people may sign in instead; null if nowhere
     */
    record Form(String to, String error, boolean fromElsewhere, String provider) {}

    private Form form(String to, String error, boolean fromElsewhere) {
        return new Form(to, error, fromElsewhere, people.enabled() ? people.provider() : null);
    }

    /** The form; whoever is known already is led on. */
    @GET
    @Path("/sign-in")
    public Uni<RestResponse<String>> form(@RestQuery String to, HttpServerRequest request) {
        if (who.known()) {
            return Uni.createFrom().item(Page.redirect(LocalPath.of(to)).build());
        }
        boolean fromElsewhere = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        return Page.of(200, Templates.form(form(LocalPath.of(to), null, fromElsewhere)));
    }

    /** Opens a session for a token. */
    @POST
    @Path("/sign-in")
    public Uni<RestResponse<String>> signIn(@RestForm String token, @RestForm String to, HttpServerRequest request) {
        if (!SameSite.is(request)) {
            return Page.of(new Page.Failure(
                    403,
                    "Another site sent this form",
                    "A sign-in is taken from the page of this service only.",
                    "Open the sign-in page and try again."));
        }
        String typed = token == null ? "" : token.strip();
        String next = LocalPath.of(to);
        if (typed.isEmpty()) {
            return refuse(next, "Enter a token.");
        }
        return gate.attempt(typed, request.remoteAddress().hostAddress())
                .chain(outcome -> answer(outcome, next, request))
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private Uni<RestResponse<String>> answer(Gate.Outcome outcome, String next, HttpServerRequest request) {
        if (outcome instanceof Gate.Outcome.Wait wait) {
            return tooMany(next, wait.seconds());
        }
        Found found = ((Gate.Outcome.Tried) outcome).found();
        if (found instanceof Found.Known known) {
            var opened = sessions.open(known.holder(), Sessions.LENGTH);
            attendance.signedIn(known.holder().caller(request.remoteAddress().hostAddress()));
            return Uni.createFrom()
                    .item(Page.redirect(next)
                            .cookie(SessionCookie.of(request, opened))
                            .build());
        }
        return refuse(
                next,
                found instanceof Found.Ended ended
                        ? "That was a good token once: " + ended.message() + "."
                        : "This token is not known.");
    }

    private Uni<RestResponse<String>> refuse(String next, String error) {
        return Page.of(401, Templates.form(form(next, error, false)));
    }

    private Uni<RestResponse<String>> tooMany(String next, long seconds) {
        String error = "Too many attempts failed. Try again in " + seconds + " seconds.";
        return Page.of(429, Templates.form(form(next, error, false)))
                .invoke(response -> response.getHeaders().add("Retry-After", seconds));
    }

    /** Ends the session in this browser. */
    @POST
    @Path("/sign-out")
    public RestResponse<String> signOut(HttpServerRequest request) {
        attendance.signedOut(who.caller());
        return Page.redirect("/sign-in").cookie(SessionCookie.none(request)).build();
    }
}

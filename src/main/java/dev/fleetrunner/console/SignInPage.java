package dev.fleetrunner.console;

import dev.fleetrunner.security.AccessTokens;
import dev.fleetrunner.security.SameSite;
import dev.fleetrunner.security.Sessions;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import java.time.Clock;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** A token for a session, and the session's end. What is typed in is never logged. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {
    private static final int FAILURES_A_MINUTE = 10;

    private final SignInLimit limit = new SignInLimit(FAILURES_A_MINUTE, Duration.ofMinutes(1), Clock.systemUTC());
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final SecurityIdentity identity;

    SignInPage(AccessTokens tokens, Sessions sessions, SecurityIdentity identity) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.identity = identity;
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
     */
    record Form(String to, String error, boolean fromElsewhere) {}

    /** The form; whoever is known already is led on. */
    @GET
    @Path("/sign-in")
    public Uni<RestResponse<String>> form(@RestQuery String to, HttpServerRequest request) {
        if (!identity.isAnonymous()) {
            return Uni.createFrom().item(Page.redirect(LocalPath.of(to)).build());
        }
        boolean fromElsewhere = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        return Page.of(200, Templates.form(new Form(LocalPath.of(to), null, fromElsewhere)));
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
        SignInLimit.Outcome outcome = limit.attempt(() -> tokens.owner(typed));
        String next = LocalPath.of(to);
        if (outcome.retryAfter() != null) {
            return tooMany(next, outcome.retryAfter());
        }
        if (outcome.owner() == null) {
            String error = typed.isEmpty() ? "Enter a token." : "This token is not known.";
            return Page.of(401, Templates.form(new Form(next, error, false)));
        }
        return Uni.createFrom()
                .item(Page.redirect(next)
                        .cookie(cookie(request, sessions.open(outcome.owner()), Sessions.LENGTH))
                        .build());
    }

    private static Uni<RestResponse<String>> tooMany(String next, Duration wait) {
        long seconds = wait.toSeconds() + 1;
        String error = "Too many attempts failed. Try again in " + seconds + " seconds.";
        return Page.of(429, Templates.form(new Form(next, error, false)))
                .invoke(response -> response.getHeaders().add("Retry-After", seconds));
    }

    /** Ends the session in this browser. */
    @POST
    @Path("/sign-out")
    public RestResponse<String> signOut(HttpServerRequest request) {
        return Page.redirect("/sign-in")
                .cookie(cookie(request, "", Duration.ZERO))
                .build();
    }

    private static NewCookie cookie(HttpServerRequest request, String value, Duration length) {
        return new NewCookie.Builder(Sessions.COOKIE)
                .value(value)
                .path("/")
                .maxAge((int) length.toSeconds())
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure("https".equals(request.scheme()))
                .build();
    }
}

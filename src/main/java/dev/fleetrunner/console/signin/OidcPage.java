package dev.fleetrunner.console.signin;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.pipeline.Attendance;
import dev.fleetrunner.security.Holder;
import dev.fleetrunner.security.People;
import dev.fleetrunner.security.Sessions;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Where the provider leads people back to: Quarkus has verified who they are by now, and we say what they may do. The
 * session is ours; Quarkus' own is ended at once, so that nothing else ever depends on it.
 */
@Path("/sign-in/oidc")
@Produces(MediaType.TEXT_HTML)
public class OidcPage {
    private final SecurityIdentity identity;
    private final OidcSession provided;
    private final People people;
    private final Sessions sessions;
    private final Attendance attendance;

    OidcPage(SecurityIdentity identity, OidcSession provided, People people, Sessions sessions, Attendance attendance) {
        this.identity = identity;
        this.provided = provided;
        this.people = people;
        this.sessions = sessions;
        this.attendance = attendance;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance welcome(String name, String to);
    }

    /** Opens a session for a person. */
    @GET
    public Uni<RestResponse<String>> welcome(@RestQuery String to, HttpServerRequest request) {
        return provided.logout()
                .chain(() -> admit(LocalPath.of(to), request))
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    /**
     * A page rather than a redirect: a browser that another site has led here keeps the new cookie back until a page of
     * ours asks.
     */
    private Uni<RestResponse<String>> admit(String to, HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        try {
            var idToken = (JsonWebToken) identity.getPrincipal();
            Holder holder = people.admit(idToken::getClaim);
            var cookie = SessionCookie.of(request, sessions.open(holder, people.session()));
            attendance.signedIn(holder.caller(address));
            return Page.of(200, Templates.welcome(holder.name(), to), cookie);
        } catch (People.NotLetIn refused) {
            attendance.notLetIn(refused.name(), address, refused.getMessage());
            return Page.of(new Page.Failure(
                    403,
                    "You are not let in",
                    refused.getMessage(),
                    "ask an administrator of this service to give one of your groups a role"));
        }
    }
}

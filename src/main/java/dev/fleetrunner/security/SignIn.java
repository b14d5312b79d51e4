package dev.fleetrunner.security;

import dev.fleetrunner.contract.CauseCode;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Finds out who asks: {@code Authorization: Bearer TOKEN} (RFC 6750), or a browser's session cookie. Who is not known is
 * challenged: a browser is led to the sign-in page, a program gets a 401.
 */
@Singleton
public class SignIn implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";
    private static final String REALM = "Bearer realm=\"fleet-runner\"";
    /** Where the reason is kept between the attempt and the answer. */
    private static final String OUTCOME = "fleet.sign-in";
    /** As application.properties has it. */
    private static final String SCHEME = "fleet";

    private final Gate gate;
    private final Sessions sessions;

    SignIn(Gate gate, Sessions sessions) {
        this.gate = gate;
        this.sessions = sessions;
    }

    /** What the store tells comes on a thread of its own; the request goes on where it was. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        Context own = context.vertx().getOrCreateContext();
        return find(context).emitOn(next -> own.runOnContext(nothing -> next.run()));
    }

    private Uni<SecurityIdentity> find(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header != null) {
            return byToken(context, header);
        }
        Cookie cookie = context.request().getCookie(Sessions.COOKIE);
        return cookie == null || !sameSite(context)
                ? Uni.createFrom().nullItem()
                : sessions.find(cookie.getValue()).map(found -> identity(context, new Gate.Outcome.Tried(found)));
    }

    private Uni<SecurityIdentity> byToken(RoutingContext context, String header) {
        String token = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
        return gate.attempt(token, address(context)).map(outcome -> identity(context, outcome));
    }

    /** The cookie is SameSite=Strict; this holds for browsers that do not keep to it. */
    private static boolean sameSite(RoutingContext context) {
        boolean reads = context.request().method().name().matches("GET|HEAD");
        return reads || SameSite.is(context.request());
    }

    private static SecurityIdentity identity(RoutingContext context, Gate.Outcome outcome) {
        if (outcome instanceof Gate.Outcome.Tried tried && tried.found() instanceof Found.Known known) {
            return WhoAsks.identity(known.holder(), address(context));
        }
        context.put(OUTCOME, outcome);
        return null;
    }

    private static String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null ? null : remote.hostAddress();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        if (wantsPage(context)) {
            String back = URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
            return Uni.createFrom().item(new ChallengeData(302, "Location", "/sign-in?to=" + back));
        }
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", REALM));
    }

    /** A program is told in the form of all our errors. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (wantsPage(context)) {
            return HttpAuthenticationMechanism.super.sendChallenge(context);
        }
        return Uni.createFrom()
                .completionStage(refuse(context).toCompletionStage())
                .replaceWith(true);
    }

    private static Future<Void> refuse(RoutingContext context) {
        Gate.Outcome outcome = context.get(OUTCOME);
        if (outcome instanceof Gate.Outcome.Wait wait) {
            context.response().putHeader("Retry-After", Long.toString(wait.seconds()));
            return ProblemAnswer.send(
                    context,
                    429,
                    "Too Many Requests",
                    CauseCode.UNAUTHORIZED.because("too many attempts from this address failed; this one was refused"));
        }
        context.response().putHeader("WWW-Authenticate", REALM);
        return ProblemAnswer.send(context, 401, "Unauthorized", CauseCode.UNAUTHORIZED.because(reason(outcome)));
    }

    private static String reason(Gate.Outcome outcome) {
        return outcome instanceof Gate.Outcome.Tried tried && tried.found() instanceof Found.Ended ended
                ? ended.message()
                : "no token, or one that is not known";
    }

    private static boolean wantsPage(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        return context.request().method().name().equals("GET") && accept != null && accept.contains("text/html");
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.OTHER_HEADER, "Authorization", SCHEME));
    }
}

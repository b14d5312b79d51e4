package dev.fleetrunner.security;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out who asks: {@code Authorization: Bearer TOKEN} (RFC 6750), or a browser's session cookie. Who is not known is
 * challenged: a browser is led to the sign-in page, a program gets a 401.
 */
@Singleton
public class SignIn implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final Sessions sessions;

    SignIn(AccessTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        SecurityIdentity identity = owner(context).map(SignIn::identity).orElse(null);
        return Uni.createFrom().item(identity);
    }

    private Optional<String> owner(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header != null) {
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? tokens.owner(header.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        Cookie cookie = context.request().getCookie(Sessions.COOKIE);
        return cookie == null || !sameSite(context) ? Optional.empty() : sessions.owner(cookie.getValue());
    }

    /** The cookie is SameSite=Strict; this holds for browsers that do not keep to it. */
    private static boolean sameSite(RoutingContext context) {
        boolean reads = context.request().method().name().matches("GET|HEAD");
        return reads || SameSite.is(context.request());
    }

    private static SecurityIdentity identity(String owner) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(owner))
                .addRole("admin")
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        if (wantsPage(context)) {
            String back = URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
            return Uni.createFrom().item(new ChallengeData(302, "Location", "/sign-in?to=" + back));
        }
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"fleet-runner\""));
    }

    /** A program is told in the form of all our errors (RFC 9457). */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (wantsPage(context)) {
            return HttpAuthenticationMechanism.super.sendChallenge(context);
        }
        Cause cause = CauseCode.UNAUTHORIZED.because("no token, or one that is not known");
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Unauthorized")
                .put("status", 401)
                .put("detail", cause.message())
                .put("code", cause.code().name())
                .put("remedy", cause.remedy())
                .put("retryable", cause.retryable());
        context.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer realm=\"fleet-runner\"")
                .putHeader("Content-Type", "application/problem+json");
        return Uni.createFrom()
                .completionStage(context.response().end(problem.encode()).toCompletionStage())
                .replaceWith(true);
    }

    private static boolean wantsPage(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        return context.request().method().name().equals("GET") && accept != null && accept.contains("text/html");
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }
}

package dev.fleetrunner.console.tokens;

import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.pipeline.Tokens;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.StoredToken;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The tokens: which there are, a new one, and the revoking of one, which asks once more. */
@Path("/tokens")
@Produces(MediaType.TEXT_HTML)
public class TokensPage {
    private final Tokens tokens;
    private final WhoAsks who;

    TokensPage(Tokens tokens, WhoAsks who) {
        this.tokens = tokens;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance tokens(List<TokenLine> tokens, TokenForm form);

        static native TemplateInstance made(String token, TokenLine line);

        static native TemplateInstance revoke(TokenLine token);
    }

    /** The list, and the form for a new one. */
    @GET
    public Uni<RestResponse<String>> list() {
        return Page.of(content(TokenForm.EMPTY));
    }

    private Uni<TemplateInstance> content(TokenForm form) {
        return tokens.list(who.caller()).map(all -> Templates.tokens(lines(all), form));
    }

    private List<TokenLine> lines(List<StoredToken> all) {
        Instant now = Instant.now();
        return all.stream().map(token -> TokenLine.of(token, now)).toList();
    }

    /** Makes a token and shows it, this once: in the answer to the form, so that it is in no address. */
    @POST
    public Uni<RestResponse<String>> create(
            @RestForm String name,
            @RestForm String role,
            @RestForm String days,
            @RestForm String maxConcurrent,
            @RestForm String maxQueued) {
        var form = new TokenForm(name, role, days, maxConcurrent, maxQueued, null);
        Caller caller = who.caller();
        Uni<List<StoredToken>> known = tokens.list(caller);
        return tokens.create(caller, form::wish)
                .map(made -> Templates.made(made.token(), TokenLine.of(made.kept(), Instant.now())))
                .chain(made -> Page.of(200, made))
                .onFailure(TokensPage::isMistake)
                .recoverWithUni(mistake -> known.chain(
                        all -> Page.of(400, Templates.tokens(lines(all), form.withError(mistake.getMessage())))))
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private static boolean isMistake(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason().code() == CauseCode.INVALID_REQUEST;
    }

    /** Asks whether to revoke. */
    @GET
    @Path("/{id}/revoke")
    public Uni<RestResponse<String>> confirm(@RestPath String id) {
        return Page.of(tokens.list(who.caller()).map(all -> lines(all).stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .map(Templates::revoke)
                .orElseThrow(() -> Refusal.of(CauseCode.NOT_FOUND.because("there is no token with this id")))));
    }

    /** Revokes, and shows the list. */
    @POST
    @Path("/{id}/revoke")
    public Uni<RestResponse<String>> revoke(@RestPath String id) {
        return Page.after(tokens.revoke(who.caller(), id), "/tokens");
    }
}

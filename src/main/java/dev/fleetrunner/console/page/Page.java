package dev.fleetrunner.console.page;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.store.StoreUnavailable;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.NewCookie;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Pages as answers: with the headers that keep browsers from doing more than the page says, and readable failures. */
public final class Page {
    private static final Logger LOG = Logger.getLogger(Page.class);
    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " + "frame-ancestors 'none'";

    private Page() {}

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance failure(Failure failure);
    }

    /**
     * What went wrong.
     *
     * @param title in a few words
     * @param message the facts
     * @param remedy what to do
     */
    public record Failure(int status, String title, String message, String remedy) {}

    /** A page once its content is there; a failure becomes a page that says so. */
    public static Uni<RestResponse<String>> of(Uni<TemplateInstance> content) {
        return content.chain(template -> of(200, template)).onFailure().recoverWithUni(Page::failed);
    }

    /** A page with an HTTP status. */
    public static Uni<RestResponse<String>> of(int status, TemplateInstance content) {
        return of(status, content, new NewCookie[0]);
    }

    /** A page with an HTTP status that sets cookies. */
    public static Uni<RestResponse<String>> of(int status, TemplateInstance content, NewCookie... cookies) {
        return content.createUni().map(html -> guarded(status)
                .entity(html)
                .header("Content-Type", "text/html;charset=utf-8")
                .cookie(cookies)
                .build());
    }

    /** Leads a browser to a path of ours once something is done; a failure becomes a page that says so. */
    public static Uni<RestResponse<String>> after(Uni<?> deed, String path) {
        return deed.map(done -> redirect(path).build()).onFailure().recoverWithUni(Page::failed);
    }

    /** Leads a browser to a path of ours, with GET. */
    public static ResponseBuilder<String> redirect(String path) {
        return guarded(303).header("Location", path);
    }

    /** A page that says what went wrong. */
    public static Uni<RestResponse<String>> of(Failure failure) {
        return of(failure.status(), Templates.failure(failure));
    }

    private static ResponseBuilder<String> guarded(int status) {
        return ResponseBuilder.<String>create(status)
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }

    public static Uni<RestResponse<String>> failed(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return of(new Failure(
                    status(refusal.reason().code()),
                    title(refusal.reason().code()),
                    refusal.reason().message(),
                    refusal.reason().remedy()));
        }
        if (failure instanceof StoreUnavailable unavailable) {
            return of(
                    new Failure(503, "The store does not answer", unavailable.getMessage(), "Try again in a moment."));
        }
        LOG.error("a page failed for a reason that is not foreseen", failure);
        return of(new Failure(500, "This page failed", "An internal error.", "The service's log tells more."));
    }

    private static int status(CauseCode code) {
        return switch (code) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case INVALID_REQUEST -> 400;
            default -> 500;
        };
    }

    private static String title(CauseCode code) {
        return switch (code) {
            case NOT_FOUND -> "Not found";
            case FORBIDDEN -> "This is not for your role";
            case INVALID_REQUEST -> "This address asks for something that there is not";
            default -> "This did not work";
        };
    }
}

package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Foreseen;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.workspace.NoRoom;
import dev.fleetrunner.workspace.RefusedUpload;
import dev.fleetrunner.workspace.UnknownWorkspace;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every failure of a call a problem document. */
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper({
        Refusal.class,
        RuntimeFailure.class,
        StoreUnavailable.class,
        UnknownWorkspace.class,
        NoRoom.class
    })
    RestResponse<Problem> foreseen(Throwable failure) {
        Refusal refusal = Foreseen.refusal(failure).orElseThrow();
        var response = respond(Problem.of(refusal.reason(), refusal.faults()));
        if (refusal.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, refusal.retryAfter().toSeconds());
        }
        return response.build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> upload(RefusedUpload refused) {
        int status = refused.isTooLarge() ? 413 : 400;
        return respond(Problem.of(
                        status, Foreseen.refusal(refused).orElseThrow().reason()))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> range(ByteRange.Unsatisfiable failure) {
        return respond(Problem.of(416, CauseCode.INVALID_REQUEST.because(failure.getMessage())))
                .header("Content-Range", "bytes */" + failure.size())
                .header("Accept-Ranges", "bytes")
                .build();
    }

    /** What JAX-RS itself refuses: an unknown path, a method that is not there, a type nobody can give. */
    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        Problem problem = status == 404
                ? Problem.of(404, CauseCode.NOT_FOUND.because("there is nothing at this path"))
                : Problem.of(status, CauseCode.INVALID_REQUEST.because(words(exception)));
        return respond(problem).build();
    }

    private static String words(WebApplicationException exception) {
        return switch (exception.getResponse().getStatus()) {
            case 405 -> "this path does not have this method";
            case 406 -> "this call cannot answer in any of the types that Accept names";
            case 415 -> "this call does not take a body of this Content-Type; send application/json";
            default -> exception.getMessage();
        };
    }

    @ServerExceptionMapper
    RestResponse<Problem> anything(Throwable failure) {
        LOG.error("a call failed for a reason that is not foreseen", failure);
        return respond(Problem.of(CauseCode.INTERNAL.because("an internal error; the service's log has it"), List.of()))
                .build();
    }

    private static RestResponse.ResponseBuilder<Problem> respond(Problem problem) {
        return RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    }
}

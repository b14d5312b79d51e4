package dev.fleetrunner.api;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.store.StoreUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every failure of a call a problem document. */
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    RestResponse<Problem> refusal(Refusal refusal) {
        var response = respond(Problem.of(refusal.reason(), refusal.faults()));
        if (refusal.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, refusal.retryAfter().toSeconds());
        }
        return response.build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> runtime(RuntimeFailure failure) {
        return respond(Problem.of(failure.reason(), List.of())).build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> store(StoreUnavailable unavailable) {
        CauseCode code = unavailable.reason() == StoreUnavailable.Reason.STORAGE_FULL
                ? CauseCode.STORAGE_FULL
                : CauseCode.INTERNAL;
        return respond(Problem.of(code.because(unavailable.getMessage()), List.of()))
                .build();
    }

    /** What JAX-RS itself refuses: an unknown path, a method that is not there, a type nobody can give. */
    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        CauseCode code = status == 404 ? CauseCode.NOT_FOUND : CauseCode.INVALID_REQUEST;
        Problem problem = Problem.of(code.because(exception.getMessage()), List.of());
        return respond(new Problem(
                        problem.type(),
                        exception.getResponse().getStatusInfo().getReasonPhrase(),
                        status,
                        problem.detail(),
                        code,
                        problem.remedy(),
                        false,
                        List.of()))
                .build();
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

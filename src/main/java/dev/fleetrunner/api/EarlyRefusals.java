package dev.fleetrunner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.web.LingeringClose;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives what is refused before any resource is asked the form of all our errors. */
@Singleton
class EarlyRefusals {
    private static final String SUBMIT = "/api/v1/tasks";
    private static final String UPLOAD = "/api/v1/workspaces";
    /** Behind the filters that find out who asks, before the resources. */
    private static final int AFTER_SIGN_IN = -50;

    private final ObjectMapper mapper;
    private final long maxBodyBytes;
    private final long maxUploadBytes;

    EarlyRefusals(
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize,
            @ConfigProperty(name = "fleet.workspaces.max-upload-bytes") MemorySize maxUploadSize) {
        this.mapper = mapper;
        this.maxBodyBytes = maxBodySize.asLongValue();
        this.maxUploadBytes = maxUploadSize.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::look).failureHandler(this::refuseFailed);
        router.route(HttpMethod.POST, SUBMIT)
                .order(AFTER_SIGN_IN)
                .handler(this::readBody)
                .handler(this::refuseEmptyBody)
                .failureHandler(this::refuseFailed);
    }

    private void look(RoutingContext context) {
        boolean upload = isUpload(context);
        long limit = upload ? maxUploadBytes : maxBodyBytes;
        if (announcedBytes(context) > limit) {
            refuseLargeBody(context, limit);
            return;
        }
        if (upload) {
            expectUpload(context);
        }
        context.next();
    }

    private static boolean isUpload(RoutingContext context) {
        return context.request().method() == HttpMethod.POST
                && UPLOAD.equals(context.request().path());
    }

    /**
     * Quarkus holds every request to one limit, by the length that it announces; the server has taken the length for
     * itself by now, and the store counts. Who is answered before the end of an upload is not to send the rest of it.
     */
    private static void expectUpload(RoutingContext context) {
        var request = context.request();
        request.headers().remove(HttpHeaders.CONTENT_LENGTH);
        context.addHeadersEndHandler(head -> {
            if (!request.isEnded()) {
                LingeringClose.after(context);
            }
        });
    }

    private static long announcedBytes(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /**
     * A body that comes slowly, or in chunks without end, holds no thread and is cut at the limit. In HTTP/2 Quarkus REST
     * has to read it by itself: it pauses every request, which one whose body was read there does not bear.
     */
    private void readBody(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.next();
            return;
        }
        // Only a request that is not paused tells whether it has ended; the handler would wait for the end of one that
        // has.
        context.request().resume();
        if (context.request().isEnded()) {
            context.next();
        } else {
            BodyHandler.create(false).setBodyLimit(maxBodyBytes).handle(context);
        }
    }

    /** Quarkus REST waits for ever for a body that was read before it and is empty. */
    private void refuseEmptyBody(RoutingContext context) {
        if (context.body().length() > 0 || context.request().version() == HttpVersion.HTTP_2) {
            context.next();
        } else {
            refuse(context, 400, "the body is empty; send a TaskSpec");
        }
    }

    /** What the server found wrong by itself, such as a request without a Host. */
    private void refuseFailed(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        switch (context.statusCode()) {
            case 400 -> refuse(context, 400, "the request is malformed");
            case 413 -> refuseLargeBody(context, maxBodyBytes);
            default -> context.next();
        }
    }

    private void refuseLargeBody(RoutingContext context, long limit) {
        LingeringClose.after(context);
        refuse(context, 413, "the body is larger than " + limit + " bytes");
    }

    private void refuse(RoutingContext context, int status, String message) {
        Problem problem = Problem.of(status, CauseCode.INVALID_REQUEST.because(message));
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(problem));
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

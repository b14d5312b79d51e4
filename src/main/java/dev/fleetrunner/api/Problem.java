package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it, with the contract's cause.
 *
 * @param type always about:blank: the code says more than a page would
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param detail what is wrong
 * @param code from the closed list
 * @param remedy what to do about it
 * @param retryable whether the same request may be tried again
 * @param faults for a bad document: every fault with its JSON pointer
 */
@Schema(name = "Problem", description = "RFC 9457 problem details with the contract's cause")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        CauseCode code,
        String remedy,
        boolean retryable,
        List<Fault> faults) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Cause cause, List<Fault> faults) {
        return of(status(cause.code()), cause, faults);
    }

    /** With a status that says more than the code does. */
    static Problem of(int status, Cause cause) {
        return of(status, cause, List.of());
    }

    private static Problem of(int status, Cause cause, List<Fault> faults) {
        return new Problem(
                "about:blank",
                title(status),
                status,
                cause.message(),
                cause.code(),
                cause.remedy(),
                cause.retryable(),
                faults);
    }

    private static int status(CauseCode code) {
        return switch (code) {
            case INVALID_SPEC, INVALID_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, POLICY_DENIED -> 403;
            case NOT_FOUND -> 404;
            case IDEMPOTENCY_MISMATCH -> 409;
            case NOT_SUPPORTED, MOUNT_INVALID -> 422;
            case QUEUE_FULL -> 429;
            case ENGINE_UNAVAILABLE -> 503;
            case STORAGE_FULL -> 507;
            default -> 500;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            case 507 -> "Insufficient Storage";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}

package dev.fleetrunner.mcp.call;

import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Cut;
import dev.fleetrunner.mcp.answer.Fitting;
import dev.fleetrunner.pipeline.Foreseen;
import dev.fleetrunner.pipeline.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** What an agent is told of a failure: the cause, what to do about it, and whether to try again. Never a stack trace. */
final class ToolError {
    private static final Logger LOG = Logger.getLogger(ToolError.class);
    private static final int MOST_FAULTS = 20;
    private static final int FAULT_BYTES = 4000;
    private static final int MESSAGE_BYTES = 1000;
    private static final String REMEDY = "mend what is listed; tools/list has the schema of the arguments";

    private ToolError() {}

    static Answer of(String tool, Throwable failure) {
        return of(Foreseen.refusal(failure).orElseGet(() -> {
            LOG.errorf(failure, "the tool %s failed for a reason that is not foreseen", tool);
            return Refusal.of(CauseCode.INTERNAL.because("an internal error; the service's log has it"));
        }));
    }

    private static Answer of(Refusal refusal) {
        Cause cause = refusal.reason();
        String message = Cut.end(cause.message(), MESSAGE_BYTES);
        String remedy = cause.code() == CauseCode.INVALID_REQUEST ? REMEDY : cause.remedy();
        List<Map<String, Object>> faults =
                Fitting.items(refusal.faults().stream().map(ToolError::json).toList(), MOST_FAULTS, FAULT_BYTES);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", cause.code().name());
        error.put("message", message);
        error.put("remedy", remedy);
        error.put("retryable", cause.retryable());
        if (refusal.retryAfter() != null) {
            error.put("retry_after_sec", refusal.retryAfter().toSeconds());
        }
        if (!faults.isEmpty()) {
            error.put("faults", faults);
        }
        var text = new StringBuilder(cause.code() + ": " + message + "\n");
        faults.forEach(fault -> text.append(fault.get("pointer"))
                .append(": ")
                .append(fault.get("message"))
                .append("; ")
                .append(fault.get("remedy"))
                .append('\n'));
        text.append("Remedy: ").append(remedy).append('\n').append(retry(refusal));
        return new Answer(text.toString(), Map.of("error", error));
    }

    private static Map<String, Object> json(Fault fault) {
        return Map.of("pointer", fault.pointer(), "message", fault.message(), "remedy", fault.remedy());
    }

    private static String retry(Refusal refusal) {
        if (!refusal.reason().retryable()) {
            return "Retry: no, the same call fails again\n";
        }
        return refusal.retryAfter() == null
                ? "Retry: yes, the same call may be made again\n"
                : "Retry: yes, after " + refusal.retryAfter().toSeconds() + " s\n";
    }
}

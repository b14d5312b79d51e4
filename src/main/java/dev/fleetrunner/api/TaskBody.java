package dev.fleetrunner.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.pipeline.TaskView;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A task's state as REST tells it; fields that are not known yet are null. */
@Schema(name = "Task", description = "Where a task stands")
public record TaskBody(
        String id,
        TaskStatus status,
        Phase phase,
        @Schema(description = "1 is next; null if it does not wait") Integer queuePosition,
        @Schema(description = "what is being done for it right now") String progress,
        CauseCode cause,
        Integer exitCode,
        String owner,
        String image,
        String runtime,
        @JsonProperty("case_id") String caseId,
        @JsonProperty("task_id") String taskId,
        String role,
        Map<String, String> labels,
        int priority,
        Instant queuedAt,
        Instant startedAt,
        Instant finishedAt) {

    static TaskBody of(TaskView view) {
        var row = view.row();
        return new TaskBody(
                row.id(),
                row.status(),
                row.phase(),
                view.queuePosition(),
                view.progress(),
                row.cause(),
                row.exitCode(),
                row.owner(),
                row.image(),
                row.runtime(),
                row.caseId(),
                row.taskId(),
                row.role(),
                row.labels(),
                row.priority(),
                row.queuedAt(),
                row.startedAt(),
                row.finishedAt());
    }
}

package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.pipeline.Tasks;
import io.quarkiverse.mcp.server.ResourceContents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exact TaskResult; of a task that is not over, where it stands. */
@Singleton
class ResultResource implements AgentResource {
    private final Tasks tasks;

    ResultResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-result",
                "task://{id}/result",
                "TaskResult",
                "The exact TaskResult of a task (schema://task-result); while it is not over, its id, status and phase",
                Documents.JSON);
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        return tasks.result(request.caller(), request.taskId())
                .chain(result -> result.isPresent()
                        ? Uni.createFrom().item(Documents.of(request.uri(), result.get()))
                        : tasks.get(request.caller(), request.taskId())
                                .map(task -> Documents.of(request.uri(), state(task))));
    }

    private static Map<String, Object> state(TaskView task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", task.row().id());
        json.put("status", task.row().status().word());
        json.put("phase", task.row().phase().word());
        return json;
    }
}

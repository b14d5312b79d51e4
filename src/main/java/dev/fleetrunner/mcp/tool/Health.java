package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.HealthReading;
import dev.fleetrunner.pipeline.ServiceHealth;
import dev.fleetrunner.runtime.RuntimeStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the service is, in the words of REST's health. */
@Singleton
class Health implements AgentTool {
    private final HealthReading health;

    Health(HealthReading health) {
        this.health = health;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        call.arguments().complete();
        return health.get(call.caller()).map(Health::answer);
    }

    private static Answer answer(ServiceHealth health) {
        var text = new StringBuilder();
        String status = health.healthy() ? "healthy" : "degraded";
        text.append("The service is ").append(status).append(".\n");
        List<Map<String, Object>> runtimes = new ArrayList<>();
        health.runtimes().forEach((name, state) -> {
            runtimes.add(runtime(name, state));
            text.append("Runtime ").append(name).append(": ");
            text.append(state instanceof RuntimeStatus.Down down ? "down, " + down.reason() : "up");
            text.append(name.equals(health.chosen()) ? ", chosen by \"auto\"\n" : "\n");
        });
        text.append(health.activeTasks()).append(" tasks run, ").append(health.queuedTasks());
        text.append(" wait, ").append(health.totalTasks()).append(" in all.\n");
        if (health.storage().refusing()) {
            text.append("New tasks are refused: the disk is nearly full.\n");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status);
        json.put("runtime", health.chosen());
        json.put("active_tasks", health.activeTasks());
        json.put("queued_tasks", health.queuedTasks());
        json.put("total_tasks", health.totalTasks());
        json.put("runtimes", runtimes);
        json.put("refuses_for_disk", health.storage().refusing());
        return new Answer(text.toString(), json);
    }

    private static Map<String, Object> runtime(String name, RuntimeStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("up", status instanceof RuntimeStatus.Up);
        if (status instanceof RuntimeStatus.Up up) {
            json.put("version", up.version());
            json.put("isolations", List.copyOf(new java.util.TreeSet<>(up.isolations())));
        } else {
            json.put("reason", ((RuntimeStatus.Down) status).reason());
        }
        return json;
    }
}

package dev.fleetrunner.mcp.resource;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.web.Address;
import io.quarkiverse.mcp.server.ResourceContents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list of files that a task left behind. */
@Singleton
class ArtifactsResource implements AgentResource {
    private final Tasks tasks;

    ArtifactsResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public About about() {
        return new About(
                "task-artifacts",
                "task://{id}/artifacts",
                "Artifacts",
                "The files that a task left behind: path, size, SHA-256 and the resource of each",
                Documents.JSON);
    }

    @Override
    public Uni<ResourceContents> read(Request request) {
        return tasks.artifacts(request.caller(), request.taskId())
                .map(files -> Documents.of(
                        request.uri(),
                        files.stream().map(file -> json(request.uri(), file)).toList()));
    }

    private static Map<String, Object> json(String uri, ArtifactFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", "/" + file.path());
        json.put("sizeBytes", file.size());
        json.put("sha256", file.sha256());
        json.put("uri", uri + "/" + Address.encoded(file.path()));
        return json;
    }
}

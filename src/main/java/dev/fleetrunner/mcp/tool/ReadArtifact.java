package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Content;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.OpenArtifact;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** A piece of a file that a task left behind: as text if it is text, else in base 64. */
@Singleton
class ReadArtifact implements AgentTool {
    private static final int USUAL_BYTES = 16_000;
    private static final int PATH = 4096;
    private static final int FRAME = 300;
    private static final int SLASH = 2;

    private final Tasks tasks;

    ReadArtifact(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "read_artifact";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        String path = arguments.needed("path", PATH, "give a path that copy_artifacts lists");
        int offset = arguments.integer("offset", 0, Integer.MAX_VALUE, 0);
        int maxBytes = arguments.maxBytes(USUAL_BYTES);
        arguments.complete();
        String kept = path.startsWith("/") ? path.substring(1) : path;
        int room = Math.max(0, maxBytes - FRAME - SLASH * kept.length());
        return tasks.artifact(call.caller(), task, kept)
                .chain(open -> Files.read(open, offset, room).map(content -> answer(task, open, offset, content)));
    }

    private static Answer answer(String task, OpenArtifact open, long offset, Content content) {
        ArtifactFile file = open.file();
        long end = offset + content.bytes();
        boolean more = end < file.size();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task);
        json.put("path", "/" + file.path());
        json.put("size_bytes", file.size());
        json.put("sha256", file.sha256());
        json.put("offset", offset);
        json.put("encoding", content.encoding());
        json.put("content", content.text());
        if (more) {
            json.put("next_offset", end);
        }
        String text = "/" + file.path() + ": bytes " + offset + " to " + end + " of " + file.size() + ", "
                + content.encoding() + (more ? ", go on with \"offset\": " + end : "") + "\n" + content.text();
        return new Answer(text, json);
    }
}

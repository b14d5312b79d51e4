package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.json.Fields;
import dev.fleetrunner.json.Value;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.Count;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.SharedWorkspaces;
import dev.fleetrunner.workspace.Added;
import dev.fleetrunner.workspace.Workspace;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes files for tasks, given in the call itself. */
@Singleton
class UploadWorkspace implements AgentTool {
    private static final int MOST_FILES = 5000;
    private static final int PATH = 4096;
    private static final int CONTENT = 4 << 20;
    private static final String BASE_64 = "base64";
    private static final List<String> ENCODINGS = List.of("utf-8", BASE_64);

    private final SharedWorkspaces workspaces;

    UploadWorkspace(SharedWorkspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "upload_workspace";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        List<InlineFile> files = new ArrayList<>();
        arguments
                .require("files", "give a list of {\"path\": …, \"content\": …}")
                .map(value -> value.items(MOST_FILES))
                .orElse(List.of())
                .forEach(item -> item.fields().flatMap(UploadWorkspace::file).ifPresent(files::add));
        arguments.complete();
        return workspaces
                .add(call.caller(), Multi.createFrom().item(InlineFile.tar(files)))
                .map(UploadWorkspace::answer);
    }

    private static Optional<InlineFile> file(Fields fields) {
        Optional<String> path = fields.require("path", "name the file, relative to the workspace")
                .flatMap(value -> value.filled(PATH));
        String encoding =
                fields.find("encoding").flatMap(value -> value.oneOf(ENCODINGS)).orElse(ENCODINGS.get(0));
        Optional<byte[]> content = fields.require("content", "give the file's content, \"\" for an empty file")
                .flatMap(value -> bytes(value, encoding));
        boolean executable = fields.flag("executable", false);
        fields.refuseOthers();
        return path.flatMap(name -> content.map(bytes -> new InlineFile(name, bytes, executable)));
    }

    private static Optional<byte[]> bytes(Value value, String encoding) {
        if (!value.node().isTextual()) {
            return value.fault("must be a string", "write the content as text, or in base64 with \"encoding\"");
        }
        String text = value.node().textValue();
        if (text.length() > CONTENT) {
            return value.fault("is " + text.length() + " characters long", "upload it over REST: docs/agents.md");
        }
        try {
            return Optional.of(
                    encoding.equals(BASE_64)
                            ? Base64.getDecoder().decode(text.replaceAll("\\s", ""))
                            : text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return value.fault("is not base64", "encode it anew, or leave \"encoding\" out for text");
        }
    }

    private static Answer answer(Added added) {
        Workspace workspace = added.workspace();
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("type", "workspace");
        mount.put("source", workspace.id());
        mount.put("target", "/workspace");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workspace_id", workspace.id());
        json.put("files", workspace.files());
        json.put("size_bytes", workspace.sizeBytes());
        json.put("created", added.created());
        json.put("mount", mount);
        String text = workspace.id() + ": " + Count.of(workspace.files(), "file") + ", "
                + Count.of(workspace.sizeBytes(), "byte") + "\n"
                + "Mount it: {\"type\": \"workspace\", \"source\": \"" + workspace.id()
                + "\", \"target\": \"/workspace\"}\n";
        return new Answer(text, json);
    }
}

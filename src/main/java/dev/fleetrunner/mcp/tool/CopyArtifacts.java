package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.artifact.ArtifactPattern;
import dev.fleetrunner.json.Value;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.FileList;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The files that a task left behind: small texts at once, as far as they fit, and for each file the address to load it
 * from. The service cannot write where the agent is.
 */
@Singleton
class CopyArtifacts implements AgentTool {
    private static final int MOST_PATTERNS = 64;
    private static final int PATTERN = 4096;
    /** A larger file is worth a call of its own. */
    private static final int SMALL = 4096;

    private static final int MOST_INLINE = 20;

    private final Tasks tasks;

    CopyArtifacts(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "copy_artifacts";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        List<ArtifactPattern> wanted = patterns(arguments);
        boolean contents = arguments.flag("contents", true);
        int maxBytes = arguments.maxBytes(TaskAnswers.USUAL_BYTES);
        arguments.complete();
        return tasks.artifacts(call.caller(), task).chain(all -> {
            List<ArtifactFile> files =
                    all.stream().filter(file -> isWanted(wanted, file)).toList();
            var list = new FileList(task, call.client().address(), files, maxBytes);
            return contents ? filled(call, task, list) : Uni.createFrom().item(list.answer());
        });
    }

    private Uni<Answer> filled(ToolCall call, String task, FileList list) {
        List<ArtifactFile> small = list.shown().stream()
                .filter(file -> file.size() <= SMALL)
                .limit(MOST_INLINE)
                .toList();
        return Multi.createFrom()
                .iterable(small)
                .onItem()
                .transformToUniAndConcatenate(file -> tasks.artifact(call.caller(), task, file.path())
                        .chain(open -> Files.read(open, 0, SMALL * 2))
                        .invoke(content -> list.offer(file, content)))
                .collect()
                .last()
                .map(done -> list.answer());
    }

    private static boolean isWanted(List<ArtifactPattern> wanted, ArtifactFile file) {
        return wanted.isEmpty() || wanted.stream().anyMatch(pattern -> pattern.matches("/" + file.path()));
    }

    private static List<ArtifactPattern> patterns(Arguments arguments) {
        return arguments.find("paths").map(value -> value.items(MOST_PATTERNS)).orElse(List.of()).stream()
                .flatMap(item -> item.filled(PATTERN).flatMap(text -> pattern(item, text)).stream())
                .toList();
    }

    private static Optional<ArtifactPattern> pattern(Value at, String text) {
        try {
            return Optional.of(ArtifactPattern.of(text));
        } catch (IllegalArgumentException wrong) {
            return at.fault(wrong.getMessage(), "give a path or glob such as /workspace/test-reports/**/*.xml");
        }
    }
}

package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithPodman;
import dev.fleetrunner.mcp.Agent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The transcripts of {@code docs/agents.md} are what really happens: each call is made, and its answer compared but for
 * what differs from run to run. With {@code -Dexamples.write=true} the answers are written instead.
 */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class TranscriptsTest {
    private static final Path DOCUMENT = Path.of("docs/agents.md");
    private static final Pattern EXCHANGE =
            Pattern.compile("```json (\\w+)\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TASK = Pattern.compile("01[0-9A-HJKMNP-TV-Z]{24}");

    private String workspace = "WORKSPACE";
    private String task = "TASK";

    @Test
    void theTranscriptsAreWhatReallyHappens() throws IOException {
        WithPodman.present();
        String document = Files.readString(DOCUMENT);
        var replayed = new StringBuilder();
        Matcher exchanges = EXCHANGE.matcher(document);
        try (Agent agent = Agent.connected()) {
            while (exchanges.find()) {
                String answer = normal(answer(agent, exchanges));
                exchanges.appendReplacement(
                        replayed,
                        Matcher.quoteReplacement("```json " + exchanges.group(1) + "\n" + exchanges.group(2)
                                + "```\n\n```text\n" + answer + "```"));
            }
        }
        exchanges.appendTail(replayed);

        if (Boolean.getBoolean("examples.write")) {
            Files.writeString(DOCUMENT, replayed);
        } else {
            assertThat(replayed.toString()).isEqualTo(document);
        }
    }

    private String answer(Agent agent, MatchResult exchange) {
        String arguments = exchange.group(2)
                .replace("\"WORKSPACE\"", "\"" + workspace + "\"")
                .replace("\"task_id\": \"TASK\"", "\"task_id\": \"" + task + "\"");
        Agent.Reply reply = agent.call(exchange.group(1), arguments);
        workspace = reply.json().path("workspace_id").asText(workspace);
        task = reply.json().path("task_id").asText(task);
        return reply.text();
    }

    private static String normal(String answer) {
        return TASK.matcher(answer)
                .replaceAll("01J00000000000000000000000")
                .replaceAll("after [0-9.]+ s", "after 1.2 s")
                .replaceAll("in [0-9.]+s", "in 0.03s")
                .replaceAll("\\d+ bytes", "… bytes")
                .replaceAll("(?i)python[ 3][0-9.]+(-final-0)?", "Python 3")
                .replaceAll("(pytest|pluggy|cov|typeguard)-[0-9.]+", "$1-1")
                .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"…\"")
                .replaceAll("\"durationMs\":\\d+", "\"durationMs\":1")
                .replaceAll("http://127\\.0\\.0\\.1:\\d+|http://localhost:\\d+", "http://127.0.0.1:8080")
                .replaceAll("time=\"[0-9.]+\"", "time=\"0.001\"")
                .replaceAll("(timestamp|hostname)=\"[^\"]*\"", "$1=\"…\"");
    }
}

package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.OWNER;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Callers;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.store.AuditStore.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was asked for stands in the audit, and nothing of what is nobody's business. */
class TaskAuditTest extends WithRunner {
    private static final String BIND =
            "{\"cmd\":[\"x\"],\"mounts\":[{\"type\":\"bind\",\"source\":\"/etc\",\"target\":\"/workspace\"}]}";

    private List<JsonNode> entries() {
        return ground.store.audit().after(Runner.INSTANCE, 0, 1000).await().atMost(SOON).stream()
                .map(Row::entry)
                .map(entry -> Client.json(new String(entry, StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void aSubmissionHasItsEntryAndARepeatHasNone() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String spec = "{\"cmd\":[\"agent-task\",\"--hush\"],\"env\":{\"KEY\":\"hush\"}}";

        String id = runner.submit(OWNER, spec, "key-1").task().row().id();
        runner.submit(OWNER, spec, "key-1");

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.get("action").asText()).isEqualTo("task.submit");
            assertThat(entry.get("who").asText()).isEqualTo(OWNER);
            assertThat(entry.get("target").asText()).isEqualTo(id);
            assertThat(entry.get("outcome").asText()).isEqualTo("ok");
            assertThat(entry.get("detail").get("image").asText()).isEqualTo("localhost/base:latest");
            assertThat(entry.get("detail").get("spec").asText()).hasSize(64);
            assertThat(entry.toString()).doesNotContain("hush", "agent-task");
        });
        runner.result(id);
    }

    @Test
    void aDenialIsDurableBeforeItsAnswer() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();

        for (int i = 0; i < 5; i++) {
            Refusal refusal = refused(() -> runner.submit(BIND));
            assertThat(refusal.reason().code()).isEqualTo(CauseCode.POLICY_DENIED);
            assertThat(entries()).singleElement().satisfies(entry -> {
                assertThat(entry.get("action").asText()).isEqualTo("task.submit");
                assertThat(entry.get("outcome").asText()).isEqualTo("denied");
                assertThat(entry.get("target").isNull()).isTrue();
                assertThat(entry.get("rule").asText()).isEqualTo("everyone");
                assertThat(entry.get("detail").get("fields").asText()).isEqualTo("/mounts/0/source");
            });
        }
        runner.audit.settleAll().await().atMost(SOON);

        assertThat(entries().get(1).get("detail").get("repeats").asText()).isEqualTo("4");
    }

    /** By its name it lies in the root; where it leads is seen only by looking. */
    @Test
    void aLinkOutOfTheRootsIsDeniedByTheRuleThatSetThem() throws IOException {
        Path root = ground.root;
        Files.createSymbolicLink(root.resolve("out"), Path.of("/etc"));
        Runner runner = runner(setup(1, Script.PASSES)).begin();

        Refusal refusal = refused(
                () -> runner.submit(BIND.replace("/etc", root.resolve("out").toString())));

        assertThat(refusal.faults()).extracting(Fault::pointer).containsExactly("/mounts/0/source");
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.get("rule").asText()).isEqualTo("everyone");
            assertThat(entry.get("detail").get("fields").asText()).isEqualTo("/mounts/0/source");
        });
    }

    /** However many tasks it is tried on: the first is named, the others are counted. */
    @Test
    void whatARoleDoesNotAllowIsTold() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        Caller viewer = Callers.of("ann", AccessRole.VIEWER);
        List<String> tasks = Stream.generate(() -> runner.submit(SPEC)).limit(3).toList();
        tasks.forEach(runner::result);
        long before = entries().size();

        tasks.forEach(
                id -> refused(() -> runner.tasks.cancel(viewer, id).await().atMost(SOON)));
        refused(() -> runner.tasks.submit(viewer, new byte[0], null).await().atMost(SOON));
        runner.audit.settleAll().await().atMost(SOON);

        await().atMost(SOON).untilAsserted(() -> assertThat(entries().stream()
                        .skip(before)
                        .map(entry -> entry.get("action").asText() + " "
                                + entry.get("who").asText() + " "
                                + entry.get("outcome").asText() + " "
                                + entry.get("target").asText() + " "
                                + entry.at("/detail/task").asText()
                                + entry.at("/detail/repeats").asText()))
                .containsExactlyInAnyOrder(
                        "call ann denied change tasks " + tasks.get(0),
                        "call ann denied change tasks 2",
                        "call ann denied submit "));
    }

    @Test
    void aSpecWithFaultsIsNoAct() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();

        refused(() -> runner.submit("{\"cmd\":7}"));

        assertThat(entries()).isEmpty();
    }

    @Test
    void cancelAndRerunNameTheirTasks() {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(SPEC);

        runner.tasks.cancel(operator("ann"), id).await().atMost(SOON);
        runner.tasks.cancel(operator("bob"), id).await().atMost(SOON);
        runner.result(id);
        String again = runner.tasks
                .rerun(operator("ann"), id)
                .await()
                .atMost(SOON)
                .task()
                .row()
                .id();
        runner.tasks.cancel(operator("ann"), again).await().atMost(SOON);
        runner.result(again);

        List<JsonNode> entries = entries();
        assertThat(entries.stream().map(entry -> entry.get("action").asText()))
                .containsExactly("task.submit", "task.cancel", "task.rerun", "task.cancel");
        assertThat(entries.get(1).get("who").asText()).isEqualTo("ann");
        assertThat(entries.get(1).get("target").asText()).isEqualTo(id);
        assertThat(entries.get(2).get("target").asText()).isEqualTo(again);
        assertThat(entries.get(2).get("detail").get("of").asText()).isEqualTo(id);
    }
}

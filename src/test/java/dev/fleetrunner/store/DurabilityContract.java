package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.StoredEvent;
import io.smallrye.mutiny.Uni;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is acknowledged stays. */
interface DurabilityContract {
    int ACKNOWLEDGED_BEFORE_THE_KILL = 300;

    StoreFixture fixture();

    @Test
    default void everythingIsThereAfterReopening() {
        Appending runner = new Appending(fixture().journal());
        String id = runner.passed();
        runner.task(Samples.id(), Samples.submitted("ci", "key-1"));
        List<StoredEvent> events = fixture().journal().after(0, 100).await().atMost(SOON);
        List<TaskRow> rows =
                fixture().index().find(TaskQuery.all(10)).await().atMost(SOON).tasks();

        fixture().reopen();

        Journal journal = fixture().journal();
        assertThat(journal.after(0, 100).await().atMost(SOON)).isEqualTo(events);
        assertThat(journal.history(id).await().atMost(SOON)).isEqualTo(events.subList(0, 6));
        assertThat(fixture()
                        .index()
                        .find(TaskQuery.all(10))
                        .await()
                        .atMost(SOON)
                        .tasks())
                .isEqualTo(rows);
        Epoch next = journal.claim("runner-1").await().atMost(SOON);
        assertThat(next.number()).isEqualTo(runner.epoch().number() + 1);
        assertThatThrownBy(() -> new Appending(journal).task(Samples.id(), Samples.submitted("ci", "key-1")))
                .isInstanceOf(Journal.DuplicateKey.class);
        StoredEvent newest = new Appending(journal)
                .task(Samples.id(), Samples.submitted("ci", null))
                .get(0);
        assertThat(newest.position())
                .isGreaterThan(events.get(events.size() - 1).position());
    }

    @Test
    default void whatWasAcknowledgedSurvivesAKill() throws IOException, InterruptedException {
        fixture().close();
        List<String> acknowledged = new ArrayList<>();
        Process appender = fixture()
                .appender()
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(appender.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == Samples.id().length()) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_THE_KILL) {
                    // The handle leaves the pipe open: what was printed before the kill is still to be read.
                    appender.toHandle().destroyForcibly();
                }
            }
        } finally {
            appender.destroyForcibly().waitFor();
        }

        fixture().reopen();

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
        for (String id : acknowledged) {
            assertThat(fixture().journal().history(id).await().atMost(SOON))
                    .as(id)
                    .hasSize(1);
            assertThat(fixture().index().get(id).await().atMost(SOON)).as(id).isPresent();
        }
        new Appending(fixture().journal()).queued();
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        Appending runner = new Appending(fixture().journal());
        Journal journal = fixture().journal();
        TaskIndex index = fixture().index();
        TokenStore tokens = fixture().tokens();

        fixture().close();

        Map<String, Uni<?>> asked = Map.ofEntries(
                Map.entry("claim", journal.claim("runner-1")),
                Map.entry("append", runner.append(runner.epoch(), Samples.id(), 0, Samples.submitted("ci", null))),
                Map.entry("history", journal.history("x")),
                Map.entry("after", journal.after(0, 1)),
                Map.entry("follow", journal.follow(0).toUni()),
                Map.entry("get", index.get("x")),
                Map.entry("find", index.find(TaskQuery.all(1))),
                Map.entry("counts", index.counts(TaskQuery.all(1))),
                Map.entry("audit", fixture().audit().head("x")),
                Map.entry("token", tokens.byHash("x")),
                Map.entry("revoke", tokens.revoke("x", Instant.now())));
        asked.forEach((what, uni) -> assertThatThrownBy(() -> uni.await().atMost(SOON))
                .as(what)
                .isInstanceOfSatisfying(StoreUnavailable.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(StoreUnavailable.Reason.CLOSED)));
    }
}

package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.store.AuditStore.Block;
import dev.fleetrunner.store.AuditStore.Cut;
import dev.fleetrunner.store.AuditStore.Draft;
import dev.fleetrunner.store.AuditStore.Page;
import dev.fleetrunner.store.AuditStore.Row;
import dev.fleetrunner.store.AuditStore.Sealed;
import dev.fleetrunner.store.Journal.Append;
import dev.fleetrunner.store.Journal.DuplicateKey;
import dev.fleetrunner.store.Journal.Epoch;
import dev.fleetrunner.store.Journal.Fenced;
import dev.fleetrunner.task.TaskLife;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain of what was done: nothing comes between, nothing is lost, nothing goes but by a cut. */
interface AuditContract {
    Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    String CHAIN = "runner-1";

    StoreFixture fixture();

    private AuditStore audit() {
        return fixture().audit();
    }

    private Epoch epoch() {
        return new Appending(fixture().journal()).epoch();
    }

    private static Draft draft(Instant at, String who, String action, String target, String outcome) {
        return new Draft(at, who, action, target, outcome, (chain, sequence, previous) -> {
            String text = chain + " " + sequence + " " + action + " " + previous;
            return new Sealed(text.getBytes(StandardCharsets.UTF_8), "hash-" + sequence);
        });
    }

    private static Draft draft(Instant at) {
        return draft(at, "ci", "submit", null, "ok");
    }

    private static Draft checkpoint(Cut cut) {
        String before =
                cut.before() == null ? "none" : Long.toString(cut.before().sequence());
        String what = cut.through() + "," + cut.hash() + "," + cut.removed() + "," + before;
        return draft(MORNING, "service", what, null, "ok");
    }

    private Row append(Epoch epoch, Draft draft) {
        return audit().append(epoch, draft).await().atMost(SOON);
    }

    private boolean cut(Epoch epoch, long first) {
        return audit().cut(epoch, first, AuditContract::checkpoint).await().atMost(SOON);
    }

    private List<Row> all() {
        return audit().after(CHAIN, 0, 10_000).await().atMost(SOON);
    }

    private List<Block> blocks() {
        return audit().blocks(CHAIN, 0, 1000).await().atMost(SOON);
    }

    private Page find(AuditQuery query) {
        return audit().find(query).await().atMost(SOON);
    }

    private static String text(Row row) {
        return new String(row.entry(), StandardCharsets.UTF_8);
    }

    private static List<Long> sequences(List<Row> rows) {
        return rows.stream().map(Row::sequence).toList();
    }

    @Test
    default void eachEntryFollowsTheOneBefore() {
        Epoch epoch = epoch();
        assertThat(audit().head(CHAIN).await().atMost(SOON)).isEmpty();

        Row first = append(epoch, draft(MORNING));
        append(epoch, draft(MORNING));

        assertThat(text(first)).isEqualTo("runner-1 1 submit null");
        assertThat(all().stream().map(AuditContract::text))
                .containsExactly("runner-1 1 submit null", "runner-1 2 submit hash-1");
        Row head = audit().head(CHAIN).await().atMost(SOON).orElseThrow();
        assertThat(head.sequence()).isEqualTo(2);
        assertThat(head.hash()).isEqualTo("hash-2");
        assertThat(head.checkpoint()).isFalse();
    }

    @Test
    default void everyRunnerHasAChainOfItsOwn() {
        Epoch other = fixture().journal().claim("runner-2").await().atMost(SOON);
        append(epoch(), draft(MORNING));

        append(other, draft(MORNING));

        assertThat(all().stream().map(AuditContract::text)).containsExactly("runner-1 1 submit null");
        assertThat(find(AuditQuery.all("runner-2", 10)).entries().stream().map(AuditContract::text))
                .containsExactly("runner-2 1 submit null");
    }

    @Test
    default void noTwoEntriesFollowTheSameOne() {
        Epoch epoch = epoch();
        Multi.createFrom()
                .range(0, 300)
                .onItem()
                .transformToUni(i -> audit().append(epoch, draft(MORNING)))
                .merge(64)
                .collect()
                .last()
                .await()
                .atMost(SOON);

        List<Row> rows = all();

        assertThat(sequences(rows))
                .isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
        assertThat(rows.subList(1, 300))
                .allSatisfy(row -> assertThat(text(row)).endsWith(" hash-" + (row.sequence() - 1)));
    }

    @Test
    default void entriesSurviveAReopening() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING));
        append(epoch, draft(MORNING));

        fixture().reopen();

        assertThat(sequences(all())).containsExactly(1L, 2L);
        assertThat(append(epoch(), draft(MORNING)).sequence()).isEqualTo(3);
    }

    @Test
    default void aFencedRunnerAppendsAndCutsNothing() {
        Epoch old = epoch();
        append(old, draft(MORNING));
        epoch();

        assertThatThrownBy(() -> append(old, draft(MORNING))).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> cut(old, 1)).isInstanceOf(Fenced.class);
        assertThat(sequences(all())).containsExactly(1L);
    }

    @Test
    default void anEntryGoesWithItsEventOrNotAtAll() {
        Epoch epoch = epoch();
        var event = Samples.submitted("ci", "key-1");
        Uni<Journal.StoredEvent> first = submit(epoch, event);
        first.await().atMost(SOON);

        assertThatThrownBy(() -> submit(epoch, event).await().atMost(SOON)).isInstanceOf(DuplicateKey.class);

        assertThat(sequences(all())).containsExactly(1L);
    }

    @Test
    default void anEntryThatCannotBeMadeTakesItsEventAlong() {
        Epoch epoch = epoch();
        Draft bad = new Draft(MORNING, "ci", "submit", null, "ok", (chain, sequence, previous) -> {
            throw new IllegalArgumentException("not an entry");
        });
        String id = Samples.id();
        var event = Samples.submitted("ci", null);
        TaskRow row = TaskRow.of(id, TaskLife.fold(List.of(event)));

        assertThatThrownBy(() -> fixture()
                        .journal()
                        .append(new Append(epoch, id, 0, List.of(event), row, bad))
                        .await()
                        .atMost(SOON))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(fixture().journal().history(id).await().atMost(SOON)).isEmpty();
        assertThat(all()).isEmpty();
    }

    private Uni<Journal.StoredEvent> submit(Epoch epoch, dev.fleetrunner.task.TaskEvent.Submitted event) {
        String id = Samples.id();
        TaskRow row = TaskRow.of(id, TaskLife.fold(List.of(event)));
        return fixture().journal().append(new Append(epoch, id, 0, List.of(event), row, draft(MORNING)));
    }

    @Test
    default void allFiltersMustFit() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING, "ci", "submit", "a", "ok"));
        append(epoch, draft(MORNING.plusSeconds(1), "ci", "cancel", "a", "ok"));
        append(epoch, draft(MORNING.plusSeconds(2), "ann", "submit", "b", "denied"));
        append(epoch, draft(MORNING.plusSeconds(3), null, "sign-in", null, "denied"));

        assertThat(found("ci", null, null, null)).containsExactly(2L, 1L);
        assertThat(found(null, "submit", null, null)).containsExactly(3L, 1L);
        assertThat(found(null, null, "a", null)).containsExactly(2L, 1L);
        assertThat(found(null, null, null, "denied")).containsExactly(4L, 3L);
        assertThat(found("ci", "submit", "a", "ok")).containsExactly(1L);
        assertThat(found("ci", "submit", "b", null)).isEmpty();
        assertThat(found("' OR 1=1 --", null, null, null)).isEmpty();
        assertThat(sequences(find(new AuditQuery(
                                CHAIN,
                                null,
                                null,
                                null,
                                null,
                                MORNING.plusSeconds(1),
                                MORNING.plusSeconds(3),
                                null,
                                10))
                        .entries()))
                .containsExactly(3L, 2L);
        assertThat(sequences(find(new AuditQuery(CHAIN, null, null, null, null, Instant.MIN, Instant.MAX, null, 10))
                        .entries()))
                .hasSize(4);
    }

    private List<Long> found(String who, String action, String target, String outcome) {
        return sequences(find(new AuditQuery(CHAIN, who, action, target, outcome, null, null, null, 10))
                .entries());
    }

    @Test
    default void pagesGoOnWhereTheOneBeforeEnded() {
        Epoch epoch = epoch();
        IntStream.range(0, 10).forEach(i -> append(epoch, draft(MORNING)));
        List<Long> seen = new ArrayList<>();
        Long cursor = null;
        do {
            Page page = find(new AuditQuery(CHAIN, "ci", null, null, null, null, null, cursor, 4));
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
            seen.addAll(sequences(page.entries()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, AuditQuery.MAX_LIMIT + 1})
    default void aPageOfTheAuditHasItsBounds(int limit) {
        assertThatThrownBy(() -> find(AuditQuery.all(CHAIN, limit))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aBlockIsOfOneDayAndHasItsBounds() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING));
        append(epoch, draft(MORNING.plusSeconds(5)));
        append(epoch, draft(MORNING.plus(Duration.ofDays(1))));
        IntStream.range(0, AuditStore.BLOCK).forEach(i -> append(epoch, draft(MORNING.plus(Duration.ofDays(1)))));

        List<Block> blocks = blocks();

        assertThat(blocks.stream().map(Block::first)).containsExactly(1L, 3L, 3L + AuditStore.BLOCK);
        assertThat(blocks.get(0).newest()).isEqualTo(MORNING.plusSeconds(5));
        assertThat(blocks.get(0).bytes())
                .isEqualTo("runner-1 1 submit null".length() + "runner-1 2 submit hash-1".length());
        assertThat(audit().blocks(CHAIN, 1, 1).await().atMost(SOON))
                .extracting(Block::first)
                .containsExactly(3L);
    }

    @Test
    default void aCutLeavesACheckpointThatStays() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING));
        append(epoch, draft(MORNING));
        append(epoch, draft(MORNING.plus(Duration.ofDays(1))));

        assertThat(cut(epoch, 3)).as("it is not the oldest").isFalse();
        assertThat(cut(epoch, 1)).isTrue();
        assertThat(cut(epoch, 1)).as("it is gone already").isTrue();
        fixture().reopen();
        assertThat(cut(epoch, 3)).isTrue();

        assertThat(all().stream().map(AuditContract::text))
                .containsExactly("runner-1 4 2,hash-2,2,none hash-3", "runner-1 5 3,hash-3,1,4 hash-4");
        assertThat(all()).allMatch(Row::checkpoint);
        assertThat(blocks()).isEmpty();
        assertThat(append(epoch, draft(MORNING)).sequence()).isEqualTo(6);
        assertThat(blocks().stream().map(Block::first)).containsExactly(6L);
    }

    @Test
    default void aCheckpointWithinABlockOutlivesIt() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING));
        append(epoch, draft(MORNING.plus(Duration.ofDays(1))));
        cut(epoch, 1);
        append(epoch, draft(MORNING.plus(Duration.ofDays(1))));

        assertThat(blocks().stream().map(Block::first)).containsExactly(2L);
        assertThat(cut(epoch, 2)).isTrue();

        assertThat(all().stream().map(AuditContract::text))
                .containsExactly("runner-1 3 1,hash-1,1,none hash-2", "runner-1 5 4,hash-4,2,3 hash-4");
    }

    @Test
    default void aCutThatCannotBeToldRemovesNothing() {
        Epoch epoch = epoch();
        append(epoch, draft(MORNING));

        assertThatThrownBy(() -> audit().cut(epoch, 1, cut -> {
                            throw new IllegalArgumentException("not a checkpoint");
                        })
                        .await()
                        .atMost(SOON))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(sequences(all())).containsExactly(1L);
        assertThat(blocks()).hasSize(1);
    }
}

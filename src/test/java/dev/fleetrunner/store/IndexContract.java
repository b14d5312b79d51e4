package dev.fleetrunner.store;

import static dev.fleetrunner.store.Appending.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked about tasks. */
interface IndexContract {
    StoreFixture fixture();

    private Appending runner() {
        return new Appending(fixture().journal());
    }

    private TaskIndex.Page page(TaskQuery query) {
        return fixture().index().find(query).await().atMost(SOON);
    }

    private List<String> ids(Query query) {
        return ids(page(query.build()));
    }

    private static List<String> ids(TaskIndex.Page page) {
        return page.tasks().stream().map(TaskRow::id).toList();
    }

    @Test
    default void anUnknownTaskHasNoRow() {
        assertThat(fixture().index().get(Samples.id()).await().atMost(SOON)).isEqualTo(Optional.empty());
    }

    @Test
    default void everythingComesNewestFirst() {
        Appending runner = runner();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(runner.queued());
        }
        Collections.reverse(ids);

        TaskIndex.Page page = page(TaskQuery.all(10));

        assertThat(ids(page)).isEqualTo(ids);
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    default void anEmptyStoreHasOneEmptyPage() {
        TaskIndex.Page page = page(TaskQuery.all(10));

        assertThat(page.tasks()).isEmpty();
        assertThat(page.nextCursor()).isNull();
        assertThat(fixture().index().counts(TaskQuery.all(1)).await().atMost(SOON))
                .isEmpty();
    }

    /** Every subset of the filters over tasks that differ in everything, against a plain walk over all rows. */
    @Test
    default void everyFilterAloneAndCombined() {
        Appending runner = runner();
        Random random = new Random(7);
        List<TaskRow> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String id = runner.indexed(row -> SampleRows.random(row, random));
            rows.add(0, fixture().index().get(id).await().atMost(SOON).orElseThrow());
        }
        int matched = 0;
        for (int filters = 0; filters < 1 << Query.FILTERS; filters++) {
            Query query = Query.like(rows.get(random.nextInt(rows.size())), filters);

            List<String> found = ids(query);

            assertThat(found)
                    .as("%s", query)
                    .isEqualTo(
                            rows.stream().filter(query::fits).map(TaskRow::id).toList());
            matched += found.size();
        }
        assertThat(matched).isGreaterThan(1 << Query.FILTERS);
    }

    @Test
    default void aFilterFollowsTheTask() {
        Appending runner = runner();
        String queued = runner.queued();
        String passed = runner.passed();

        assertThat(ids(page(TaskQuery.inStatus(Set.of(TaskStatus.PENDING), null, 10))))
                .containsExactly(queued);
        assertThat(ids(page(TaskQuery.inStatus(Set.of(TaskStatus.PASSED, TaskStatus.PENDING), null, 10))))
                .containsExactly(passed, queued);
        assertThat(ids(page(TaskQuery.inStatus(Set.of(TaskStatus.FAILED, TaskStatus.RUNNING), null, 10))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "a%", "a_", "a", "A", "a\\", "a*", "[a", "a?", "ä", "\ud83d\ude80", "\ud7ff"})
    default void aPrefixMeansItsCharacters(String prefix) {
        Appending runner = runner();
        List<String> cases = List.of(
                "%x",
                "_x",
                "a%b",
                "a_b",
                "aXb",
                "Ab",
                "a\\b",
                "a*b",
                "[a]",
                "a?b",
                "äb",
                "\ud83d\ude80!",
                "\ud7ff!",
                "\ue000",
                "",
                "\udbff\udfff");
        for (String caseId : cases) {
            runner.indexed(row -> SampleRows.withCase(row, caseId));
        }
        runner.indexed(row -> SampleRows.withCase(row, null));

        List<String> found = page(new Query().casePrefix(prefix).build()).tasks().stream()
                .map(TaskRow::caseId)
                .toList();

        assertThat(found)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(cases.stream()
                        .filter(caseId -> caseId.startsWith(prefix))
                        .toList());
    }

    @Test
    default void anIdPrefixFindsItsTasks() {
        Appending runner = runner();
        String id = runner.queued();
        runner.queued();

        assertThat(ids(new Query().idPrefix(id))).containsExactly(id);
        assertThat(ids(new Query().idPrefix(id.substring(0, 8)))).hasSize(2);
        assertThat(ids(new Query().idPrefix("%"))).isEmpty();
        assertThat(ids(new Query().idPrefix(id.substring(0, 25) + "_"))).isEmpty();
    }

    @Test
    default void aTimeRangeHoldsItsBeginningAndNotItsEnd() {
        Appending runner = runner();
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        String before = runner.indexed(row -> SampleRows.queuedAt(row, noon.minusNanos(1)));
        String at = runner.indexed(row -> SampleRows.queuedAt(row, noon));
        String after = runner.indexed(row -> SampleRows.queuedAt(row, noon.plusNanos(1)));

        assertThat(ids(new Query().from(noon))).containsExactly(after, at);
        assertThat(ids(new Query().to(noon))).containsExactly(before);
        assertThat(ids(new Query().from(noon).to(noon.plusNanos(1)))).containsExactly(at);
        assertThat(ids(new Query().from(Instant.MIN).to(Instant.MAX))).hasSize(3);
        assertThat(ids(new Query().from(Instant.MAX))).isEmpty();
    }

    @Test
    default void pagesHaveNoGapsAndNoRepeatsWhileTasksComeIn() {
        Appending runner = runner();
        Set<String> there = new TreeSet<>();
        for (int i = 0; i < 57; i++) {
            there.add(runner.queued());
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            TaskIndex.Page page = page(TaskQuery.inStatus(Set.of(TaskStatus.PENDING), cursor, 10));
            seen.addAll(ids(page));
            cursor = page.nextCursor();
            pages++;
            runner.queued();
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().hasSameSizeAs(there).containsExactlyInAnyOrderElementsOf(there);
        assertThat(seen).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(pages).isEqualTo(6);
    }

    @Test
    default void aFullLastPageHasNoCursor() {
        Appending runner = runner();
        for (int i = 0; i < 4; i++) {
            runner.queued();
        }

        TaskIndex.Page first = page(TaskQuery.all(2));
        TaskIndex.Page second = page(TaskQuery.inStatus(Set.of(), first.nextCursor(), 2));

        assertThat(first.nextCursor()).isEqualTo(first.tasks().get(1).id());
        assertThat(second.tasks()).hasSize(2);
        assertThat(second.nextCursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "' OR 1=1 --"})
    default void anUnknownCursorIsRefused(String cursor) {
        runner().queued();

        assertThatThrownBy(() -> page(TaskQuery.inStatus(Set.of(), cursor, 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, TaskQuery.MAX_LIMIT + 1})
    default void aLimitOutOfRangeIsRefused(int limit) {
        assertThatThrownBy(() -> page(TaskQuery.all(limit))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void countsTellTheStatuses() {
        Appending runner = runner();
        runner.queued();
        runner.queued();
        runner.passed();

        assertThat(fixture().index().counts(TaskQuery.all(1)).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PENDING, 2L, TaskStatus.PASSED, 1L));
    }

    @Test
    default void countsTellTheStatusesOfOneOwner() {
        Appending runner = runner();
        runner.task(Samples.id(), Samples.submitted("ci", null));
        runner.task(Samples.id(), Samples.submitted("qa", null));

        assertThat(fixture()
                        .index()
                        .counts(TaskQuery.all(1).ofOwner("qa"))
                        .await()
                        .atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PENDING, 1L));
        assertThat(fixture()
                        .index()
                        .counts(TaskQuery.all(1).ofOwner("nobody"))
                        .await()
                        .atMost(SOON))
                .isEmpty();
    }

    @Test
    default void countsFollowTheFiltersButNoStatus() {
        Appending runner = runner();
        runner.indexed(row -> SampleRows.withCase(row, "a"));
        runner.indexed(row -> SampleRows.withCase(row, "b"));
        String last = runner.passed();

        assertThat(fixture().index().counts(TaskQuery.ofCase("a", 10)).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PENDING, 1L));
        assertThat(fixture()
                        .index()
                        .counts(TaskQuery.inStatus(Set.of(TaskStatus.PASSED), last, 1))
                        .await()
                        .atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PENDING, 2L, TaskStatus.PASSED, 1L));
    }

    @Test
    default void countsTellWhatEndedSince() {
        Appending runner = runner();
        runner.queued();
        String id = runner.passed();
        Instant end =
                fixture().index().get(id).await().atMost(SOON).orElseThrow().finishedAt();

        assertThat(fixture().index().endedSince(null, end).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, 1L));
        assertThat(fixture().index().endedSince("ci", end).await().atMost(SOON))
                .isEqualTo(Map.of(TaskStatus.PASSED, 1L));
        assertThat(fixture().index().endedSince("qa", end).await().atMost(SOON)).isEmpty();
        assertThat(fixture().index().endedSince(null, end.plusNanos(1)).await().atMost(SOON))
                .isEmpty();
    }

    @Test
    default void aKeyTellsTheTaskOfItsOwner() {
        Appending runner = runner();
        String first = Samples.id();
        runner.task(first, Samples.submitted("ci", "key-1"));
        String others = Samples.id();
        runner.task(others, Samples.submitted("qa", "key-1"));

        assertThat(fixture().index().taskOfKey("ci", "key-1").await().atMost(SOON))
                .contains(first);
        assertThat(fixture().index().taskOfKey("qa", "key-1").await().atMost(SOON))
                .contains(others);
        assertThat(fixture().index().taskOfKey("ci", "key-2").await().atMost(SOON))
                .isEmpty();
        assertThat(fixture().index().taskOfKey("nobody", "key-1").await().atMost(SOON))
                .isEmpty();
    }
}

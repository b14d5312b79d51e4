package dev.fleetrunner.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite goes about a search; what it finds is in the contract. */
class SearchTest {
    @TempDir
    Path directory;

    static Stream<Arguments> filters() {
        Map<String, String> label = Map.of("team", "authz");
        return Stream.of(
                Arguments.of("task_by_owner", query("ci", null, null, null, null, null, Map.of())),
                Arguments.of("task_by_case", query("ci", "c", null, "dev", "a:1", "podman", label)),
                Arguments.of("task_by_task", query("ci", "c", "t", "dev", "a:1", "podman", label)),
                Arguments.of("task_by_role", query("ci", null, null, "dev", null, "podman", Map.of())),
                Arguments.of("task_by_image", query("ci", null, null, "dev", "a:1", "podman", Map.of())),
                Arguments.of("task_by_runtime", query(null, null, null, null, null, "podman", Map.of())),
                Arguments.of("label_by_value", query("ci", null, null, "dev", "a:1", "podman", label)),
                Arguments.of("task_by_status", TaskQuery.inStatus(Set.of(TaskStatus.RUNNING), "a", 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void oneIndexLeadsAndNothingIsSorted(String index, TaskQuery query) throws SQLException {
        List<String> plan = plan(query);

        assertThat(plan.get(0)).startsWith("SEARCH").contains("INDEX " + index + " ");
        assertThat(plan).noneMatch(step -> step.contains("TEMP B-TREE") || step.startsWith("SCAN"));
    }

    @Test
    void severalStatusesAreReadEachByItsIndex() throws SQLException {
        List<String> plan = plan(TaskQuery.inStatus(Set.of(TaskStatus.RUNNING, TaskStatus.PENDING), null, 10));

        assertThat(plan)
                .filteredOn(step -> step.contains("INDEX task_by_status (status=?)"))
                .hasSize(2);
        assertThat(plan).noneMatch(step -> step.startsWith("SCAN task"));
    }

    @Test
    void aClosedRangeOfTimeIsReadByItsIndex() throws SQLException {
        TaskQuery query = new TaskQuery(
                Set.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Instant.EPOCH,
                Instant.now(),
                null,
                null,
                null,
                10);

        assertThat(plan(query).get(0)).contains("INDEX task_by_queued_at (queued_at>? AND queued_at<?)");
    }

    private List<String> plan(TaskQuery query) throws SQLException {
        SqliteFile file = new SqliteFile(directory.resolve("fleet.db"));
        file.create();
        Migrations.run(file.dataSource());
        Search search = new Search(query, 11);
        try (SqliteSession session = file.openForReading()) {
            return session.query("EXPLAIN QUERY PLAN " + search.sql(), search.parameters(), rows -> {
                List<String> steps = new ArrayList<>();
                while (rows.next()) {
                    steps.add(rows.getString("detail"));
                }
                return steps;
            });
        }
    }

    private static TaskQuery query(
            String owner,
            String caseId,
            String taskId,
            String role,
            String image,
            String runtime,
            Map<String, String> labels) {
        return new TaskQuery(
                Set.of(), owner, caseId, taskId, role, image, runtime, labels, null, null, null, null, null, 10);
    }
}

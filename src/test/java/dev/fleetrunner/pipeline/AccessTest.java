package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static dev.fleetrunner.pipeline.Runner.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Callers;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.store.TaskQuery;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the use cases let each role do, whichever door it came through. */
class AccessTest extends WithRunner {
    private static final byte[] DOCUMENT = SPEC.getBytes(StandardCharsets.UTF_8);
    private static final Caller MINE = Callers.of("mine", AccessRole.AGENT);
    private static final Caller VIEWER = Callers.of("viewer", AccessRole.VIEWER);

    private static List<Function<Caller, Uni<?>>> reads(Tasks tasks, String id) {
        return List.of(
                who -> tasks.get(who, id),
                who -> tasks.spec(who, id),
                who -> tasks.result(who, id),
                who -> tasks.awaitResult(who, id, SOON),
                who -> tasks.events(who, id, 0),
                who -> tasks.log(who, id),
                who -> tasks.artifacts(who, id),
                who -> tasks.zip(who, id));
    }

    private static List<Function<Caller, Uni<?>>> changes(Tasks tasks, String id) {
        return List.of(who -> tasks.cancel(who, id), who -> tasks.rerun(who, id));
    }

    private static CauseCode refusal(Caller caller, Function<Caller, Uni<?>> call) {
        return refused(() -> call.apply(caller).await().atMost(SOON)).reason().code();
    }

    @Test
    void anAgentFindsNothingOfATaskOfAnother() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String theirs = runner.submit("theirs", SPEC, null).task().row().id();
        runner.result(theirs);

        assertThat(reads(runner.tasks, theirs))
                .allSatisfy(read -> assertThat(refusal(MINE, read)).isEqualTo(CauseCode.NOT_FOUND));
        assertThat(changes(runner.tasks, theirs))
                .allSatisfy(change -> assertThat(refusal(MINE, change)).isEqualTo(CauseCode.NOT_FOUND));
        assertThat(refusal(MINE, who -> runner.tasks.artifact(who, theirs, "any")))
                .isEqualTo(CauseCode.NOT_FOUND);
        assertThat(runner.tasks.counts(MINE).await().atMost(SOON)).isEmpty();
        assertThat(runner.tasks
                        .find(MINE, TaskQuery.all(10))
                        .await()
                        .atMost(SOON)
                        .tasks())
                .isEmpty();
    }

    @Test
    void anAgentDoesAllWithItsOwn() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String mine = runner.tasks
                .submit(MINE, DOCUMENT, null)
                .await()
                .atMost(SOON)
                .task()
                .row()
                .id();
        runner.result(mine);

        reads(runner.tasks, mine).forEach(read -> read.apply(MINE).await().atMost(SOON));
        changes(runner.tasks, mine).forEach(change -> change.apply(MINE).await().atMost(SOON));

        runner.awaitIdle();
        assertThat(runner.tasks.counts(MINE).await().atMost(SOON)).isEqualTo(Map.of(TaskStatus.PASSED, 2L));
    }

    @Test
    void aViewerReadsAllAndChangesNothing() {
        Runner runner = runner(setup(1, Script.PASSES)).begin();
        String theirs = runner.submit("theirs", SPEC, null).task().row().id();
        runner.result(theirs);

        reads(runner.tasks, theirs).forEach(read -> read.apply(VIEWER).await().atMost(SOON));
        assertThat(changes(runner.tasks, theirs))
                .allSatisfy(change -> assertThat(refusal(VIEWER, change)).isEqualTo(CauseCode.FORBIDDEN));
        assertThat(refusal(VIEWER, who -> runner.tasks.submit(who, DOCUMENT, null)))
                .isEqualTo(CauseCode.FORBIDDEN);
        assertThat(runner.tasks.counts(VIEWER).await().atMost(SOON)).isEqualTo(Map.of(TaskStatus.PASSED, 1L));
    }

    /** Not even its own from the time when it had another role. */
    @Test
    void aViewerChangesNothingOfItsName() {
        Runner runner = runner(setup(0, Script.PASSES)).begin();
        String id = runner.submit("viewer", SPEC, null).task().row().id();

        assertThat(refusal(VIEWER, who -> runner.tasks.cancel(who, id))).isEqualTo(CauseCode.FORBIDDEN);
        runner.tasks.cancel(operator("other"), id).await().atMost(SOON);
    }

    @ParameterizedTest
    @EnumSource(AccessRole.class)
    void whatRunsIsToldToThoseWhoSeeIt(AccessRole role) {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit("theirs", SPEC, null).task().row().id();
        await().atMost(SOON).until(() -> runner.occupancy.started() == 1);

        assertThat(runner.occupancy.running(Callers.of("other", role))).hasSize(role == AccessRole.AGENT ? 0 : 1);
        assertThat(runner.occupancy.running(Callers.of("theirs", role))).hasSize(1);

        runner.tasks.cancel(operator("theirs"), id).await().atMost(SOON);
        runner.awaitIdle();
    }

    @Test
    void aKeyOfAnotherOwnerGivesNothingAway() {
        Runner runner = runner(setup(0, Script.PASSES)).begin();
        runner.submit("theirs", SPEC, "key");

        assertThat(runner.tasks
                        .submit(MINE, DOCUMENT, "key")
                        .await()
                        .atMost(SOON)
                        .repeated())
                .isFalse();
    }
}

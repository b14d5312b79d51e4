package dev.fleetrunner.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.contract.UsageSeries;
import dev.fleetrunner.task.TaskEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events in the journal: what is written reads back, in this version and the next. */
class TaskEventCodecTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");

    private final TaskEventCodec codec = new TaskEventCodec();

    static Stream<TaskEvent> events() {
        Enforced receipt = new Enforced("1000:1000", "none", 1L, 0.5, 2, true, List.of("CHOWN"), "default", "gvisor");
        return Stream.of(
                new TaskEvent.Submitted(AT, new RandomSpecs(1).next(), "ci-agent", "key", "hash", null, Grant.NOTHING),
                new TaskEvent.Submitted(
                        AT,
                        new RandomSpecs(2).next(),
                        "ci-agent",
                        null,
                        "hash",
                        Results.ID,
                        new Grant(
                                "everyone",
                                List.of("/srv"),
                                false,
                                List.of("CHOWN"),
                                new Caller.Share(2, 10),
                                new ImageRule(List.of("localhost/*"), true),
                                List.of("podman"))),
                new TaskEvent.Preparing(AT, "podman", "the only one"),
                new TaskEvent.Started(AT, "4b43", null, receipt),
                new TaskEvent.CancelRequested(AT, "admin"),
                new TaskEvent.TakenOver(AT, "01J0RUNNER"),
                new TaskEvent.Collecting(AT, 137, UsageSeries.of(List.of(new Usage(AT, 0.25, null, 1 << 20, 3)))),
                new TaskEvent.Collecting(AT, null, null),
                new TaskEvent.Finished(AT, Results.failed()),
                new TaskEvent.Finished(AT, Results.refused(CauseCode.CANCELLED)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsWhatItWrote(TaskEvent event) {
        assertThat(codec.read(codec.type(event), codec.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void passesOverFieldsOfOtherVersions(TaskEvent event) {
        String written = new String(codec.write(event), StandardCharsets.UTF_8);
        String later = written.replaceAll("\\{(?=\"(at|status|cmd|image|runtime)\")", "{\"addedLater\":{\"x\":[1]},");

        assertThat(later).isNotEqualTo(written);
        assertThat(codec.read(codec.type(event), later.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(event);
    }

    /** Journals hold these words: they must never change. */
    @Test
    void hasAWordForEveryKindOfEvent() {
        assertThat(events().map(codec::type).distinct())
                .containsExactly(
                        "submitted", "preparing", "started", "cancel-requested", "taken-over", "collecting", "finished")
                .hasSize(TaskEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void readsAnEventOfTheFirstVersion() {
        String journal =
                "{\"at\":\"2026-11-22T10:15:30.123Z\",\"spec\":{\"cmd\":[\"true\"],\"resources\":{\"pids\":512}},"
                        + "\"owner\":\"ci-agent\",\"idempotencyKey\":null,\"specHash\":\"ab\",\"rerunOf\":null}";

        TaskEvent.Submitted read =
                (TaskEvent.Submitted) codec.read("submitted", journal.getBytes(StandardCharsets.UTF_8));

        assertThat(read.at()).isEqualTo(AT);
        assertThat(read.spec().cmd()).containsExactly("true");
        assertThat(read.spec().named()).containsExactly(Limit.PIDS);
        assertThat(read.spec().user()).isEqualTo(TaskSpec.DEFAULT_USER);
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThatIllegalArgumentException().isThrownBy(() -> codec.read("exploded", "{}".getBytes()));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.read("submitted", "{\"at\":".getBytes()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.read("submitted", "{\"spec\":{\"cmd\":[],\"user\":\"me\"}}".getBytes()));
        assertThat(Arrays.asList("started", "finished")).allSatisfy(type -> assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.read(type, "{\"at\":\"yesterday\"}".getBytes())));
    }
}

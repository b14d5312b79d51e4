package dev.fleetrunner.json;

import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Results of every kind. */
final class Results {
    static final String ID = "01JD3W0S2Q6M4W2B8T1ZKX9F7A";
    static final Instant QUEUED = Instant.parse("2026-11-22T10:15:30Z");

    private static final Enforced RECEIPT =
            new Enforced("1000:1000", "none", 4L << 30, 2.0, 512, true, List.of(), "default", "default");

    private Results() {}

    static Stream<TaskResult> all() {
        return Stream.of(passed(), failed(), refused(CauseCode.IMAGE_NOT_FOUND), withoutReceiptOfCapabilities());
    }

    static TaskResult passed() {
        return new TaskResult(
                ID, TaskStatus.PASSED, Phase.DONE, 0, null, null, null, log(), List.of(), List.of(), metadata(RECEIPT));
    }

    static TaskResult failed() {
        return new TaskResult(
                ID,
                TaskStatus.FAILED,
                Phase.DONE,
                1,
                CauseCode.EXIT_NONZERO.because("the command ended with exit code 1"),
                new TaskResult.TestSummary(
                        42,
                        41,
                        1,
                        0,
                        12.1,
                        List.of(new TaskResult.TestFailure(
                                "test_login", "tests.test_auth", null, 31, "assert 401 == 200", null)),
                        List.of(new TaskResult.TestTime("test_export", 4.2))),
                new TaskResult.Coverage(83.5),
                log(),
                List.of("artifact path /workspace/coverage/**/*.xml matched nothing"),
                List.of(),
                metadata(RECEIPT));
    }

    static TaskResult refused(CauseCode code) {
        return new TaskResult(
                ID,
                code.status(),
                Phase.DONE,
                null,
                code.because("it was so"),
                null,
                null,
                Captured.NOTHING,
                List.of(),
                List.of(),
                new Metadata(
                        null,
                        null,
                        null,
                        null,
                        QUEUED,
                        null,
                        QUEUED.plusMillis(1250),
                        0,
                        null,
                        null,
                        null,
                        "ci-agent",
                        null,
                        null));
    }

    static TaskResult withoutReceiptOfCapabilities() {
        return new TaskResult(
                ID,
                TaskStatus.PASSED,
                Phase.DONE,
                0,
                null,
                null,
                null,
                log(),
                List.of(),
                List.of("pypi.org"),
                metadata(new Enforced(null, null, null, null, null, null, null, null, null)));
    }

    private static Captured log() {
        return new Captured(
                "file:///data/" + ID + "/logs.ndjson",
                18_233,
                false,
                List.of(new Captured.Artifact(
                        "/workspace/test-reports", "file:///data/" + ID + "/workspace/", 3, 9120, "ab".repeat(32))));
    }

    private static Metadata metadata(Enforced receipt) {
        return new Metadata(
                "podman",
                "named in the spec",
                "4b43",
                "sha256:" + "cd".repeat(32),
                QUEUED,
                QUEUED.plusMillis(250),
                QUEUED.plusSeconds(284),
                283.4,
                251.0,
                734_003_200L,
                receipt,
                "ci-agent",
                "case-7429",
                "dev-impl-authz-v2");
    }
}

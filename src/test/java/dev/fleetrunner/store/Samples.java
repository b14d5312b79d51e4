package dev.fleetrunner.store;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.contract.Timeouts;
import dev.fleetrunner.task.TaskEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events with every field filled, for tests. */
public final class Samples {
    public static final Instant AT = Instant.parse("2026-03-01T10:15:30.123456789Z");

    private Samples() {}

    /** An id that sorts behind all that were made before it. */
    public static String id() {
        return UlidCreator.getMonotonicUlid().toString();
    }

    public static TaskSpec spec(Map<String, String> labels) {
        return new TaskSpec(
                "localhost/fleet-runner-task:latest",
                List.of("/bin/bash", "-lc", "agent-task"),
                Map.of(
                        "TASK", new EnvValue.Literal("unit"),
                        "API_KEY", new EnvValue.SecretRef("pypi-token", EnvValue.As.FILE)),
                List.of(
                        new Mount.Bind("/srv/build-123", "/workspace", false),
                        new Mount.Workspace("ws-9f2c", "/src", true),
                        new Mount.Cache("pip", "/home/agent/.cache/pip"),
                        new Mount.Tmpfs("/scratch", 256L << 20)),
                Timeouts.DEFAULT,
                Resources.DEFAULT,
                new TaskSpec.Artifacts(List.of("/workspace/test-reports")),
                new Context(
                        "case-7429",
                        "dev-impl-authz-v2",
                        "developer",
                        List.of("spec.min"),
                        List.of(
                                new Context.HydrationRef.RedisKey("swe:case:case-7429:spec"),
                                new Context.HydrationRef.Neo4jQuery("MATCH (c:Case) RETURN c")),
                        Context.OnMissing.NOTE),
                TaskSpec.Network.NONE,
                false,
                TaskSpec.DEFAULT_ISOLATION,
                TaskSpec.DEFAULT_USER,
                TaskSpec.AUTO,
                labels,
                3);
    }

    public static TaskEvent.Submitted submitted(String owner, String key) {
        return new TaskEvent.Submitted(AT, spec(Map.of("team", "authz")), owner, key, "ab12", null, Grant.NOTHING);
    }

    public static TaskEvent.Preparing preparing() {
        return new TaskEvent.Preparing(AT.plusSeconds(1), "podman", "named in the spec");
    }

    public static TaskEvent.Started started() {
        return new TaskEvent.Started(AT.plusSeconds(2), "4b43", "sha256:77", enforced());
    }

    public static TaskEvent.CancelRequested cancelRequested(String by) {
        return new TaskEvent.CancelRequested(AT.plusSeconds(3), by);
    }

    public static TaskEvent.TakenOver takenOver() {
        return new TaskEvent.TakenOver(AT.plusSeconds(3), "01J0RUNNER");
    }

    /** @param exitCode may be null */
    public static TaskEvent.Collecting collecting(Integer exitCode) {
        return new TaskEvent.Collecting(AT.plusSeconds(4), exitCode, null);
    }

    public static TaskEvent.Finished finished(String id, TaskStatus status) {
        boolean passed = status == TaskStatus.PASSED;
        var tests = new TaskResult.TestSummary(
                2,
                1,
                1,
                0,
                12.1,
                List.of(new TaskResult.TestFailure("test_login", "suite", null, 31, "401 is not 200", "…")),
                List.of(new TaskResult.TestTime("test_export", 4.2)));
        var artifact = new Captured.Artifact("/workspace/test-reports", "file:///x/", 3, 9120, "cd34");
        var metadata = new Metadata(
                "podman",
                "named in the spec",
                "4b43",
                "sha256:77",
                AT,
                AT.plusSeconds(2),
                AT.plusSeconds(5),
                3.0,
                2.5,
                734003200L,
                enforced(),
                "ci",
                "case-7429",
                "dev-impl-authz-v2");
        return new TaskEvent.Finished(
                AT.plusSeconds(5),
                new TaskResult(
                        id,
                        status,
                        Phase.DONE,
                        passed ? 0 : 1,
                        passed ? null : CauseCode.EXIT_NONZERO.because("the command ended with exit code 1"),
                        tests,
                        new TaskResult.Coverage(83.5),
                        new Captured("file:///x/log", 18233, false, List.of(artifact)),
                        List.of("a note"),
                        List.of("example.org"),
                        metadata));
    }

    private static Enforced enforced() {
        return new Enforced("1000:1000", "none", 4L << 30, 2.0, null, true, List.of(), "default", "default");
    }
}

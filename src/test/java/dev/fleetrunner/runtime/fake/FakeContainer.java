package dev.fleetrunner.runtime.fake;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A container that is nothing but its script. */
final class FakeContainer implements RunningContainer {
    static final Enforced RECEIPT =
            new Enforced("1000:1000", "none", 4L << 30, 2.0, 512, true, List.of(), "default", "default");
    static final int KILLED = 137;
    private static final int TERMINATED = 143;

    private final FakeRuntime runtime;
    private final String taskId;
    private final Script script;
    private final CompletableFuture<Integer> signalled = new CompletableFuture<>();
    private final AtomicBoolean died = new AtomicBoolean();
    private final Instant createdAt;
    private volatile Instant startedAt;

    FakeContainer(FakeRuntime runtime, String taskId, Script script, Instant createdAt) {
        this.createdAt = createdAt;
        this.runtime = runtime;
        this.taskId = taskId;
        this.script = script;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** True the first time: an engine that came back does not go away again. */
    boolean diesNow() {
        return died.compareAndSet(false, true);
    }

    Script script() {
        return script;
    }

    OwnedContainer.State state() {
        if (startedAt == null) {
            return OwnedContainer.State.PREPARED;
        }
        return signalled.isDone() ? OwnedContainer.State.ENDED : OwnedContainer.State.RUNNING;
    }

    Uni<RunningContainer> start() {
        startedAt = Instant.now().minus(script.startedAgo());
        return runtime.play(taskId, script.start(), this).collect().last().replaceWith(this);
    }

    /** The same container, its output from behind a cursor on. */
    RunningContainer from(LogCursor cursor) {
        var behind = new SkippedOutput(cursor);
        return new RunningContainer() {
            @Override
            public Instant startedAt() {
                return startedAt;
            }

            @Override
            public Multi<LogChunk> output() {
                return FakeContainer.this.output().onItem().transformToMultiAndConcatenate(chunk -> Multi.createFrom()
                        .iterable(behind.left(chunk)));
            }

            @Override
            public Uni<Exit> exit() {
                return FakeContainer.this.exit();
            }

            @Override
            public Uni<Enforced> enforced() {
                return FakeContainer.this.enforced();
            }
        };
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Multi<LogChunk> output() {
        return runtime.stream(runtime.play(taskId, script.output(), this)
                .map(step -> (Step.Write) step)
                .map(write ->
                        new LogChunk(write.stream(), write.text().getBytes(StandardCharsets.UTF_8), Instant.now()))
                .onCompletion()
                .invoke(() -> signal(script.how().code())));
    }

    @Override
    public Uni<Exit> exit() {
        return runtime.play(taskId, script.exit(), this).collect().last().map(done -> {
            var end = script.how();
            return new Exit(
                    signalled.getNow(end.code()),
                    startedAt,
                    script.lasted() == null ? Instant.now() : startedAt.plus(script.lasted()),
                    end.executed(),
                    end.oomKilled(),
                    end.deadlineReached(),
                    0.5,
                    1L << 20,
                    null);
        });
    }

    @Override
    public Uni<Enforced> enforced() {
        return runtime.play(taskId, script.enforced(), this).collect().last().replaceWith(RECEIPT);
    }

    /** Ends the command with this code, if it has not ended. */
    void signal(int code) {
        signalled.complete(code);
    }

    Uni<Void> untilStopped() {
        return Uni.createFrom().completionStage(signalled.copy()).replaceWithVoid();
    }

    Uni<Void> stop(Duration grace) {
        return switch (script.stop()) {
            case OBEYS -> Uni.createFrom().voidItem().invoke(() -> signal(TERMINATED));
            case IGNORES_TERM ->
                Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(grace.plusMillis(1))
                        .invoke(() -> signal(KILLED));
            case HANGS -> Uni.createFrom().nothing();
            case FAILS ->
                Uni.createFrom()
                        .failure(new RuntimeFailure(CauseCode.ENGINE_FAILED, "the container cannot be stopped"));
        };
    }
}

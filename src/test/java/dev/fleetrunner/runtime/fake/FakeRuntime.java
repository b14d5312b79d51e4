package dev.fleetrunner.runtime.fake;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.KeptCache;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.RuntimeStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A runtime in memory that does what a script says, and remembers what was asked of it. It complements the real engines
 * in the tests of the pipeline; it never stands in for them.
 */
public final class FakeRuntime implements ContainerRuntime {
    private final String name;
    private final Executor engine;
    private final Function<ContainerSpec, Script> scripts;
    private final BiConsumer<String, String> cues;
    private final Map<String, DeniedHosts> denied = new ConcurrentHashMap<>();
    private final Map<String, FakeContainer> containers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> removeFailures = new ConcurrentHashMap<>();
    private final Set<String> foreign = ConcurrentHashMap.newKeySet();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, KeptCache> caches = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> cachesOf = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile boolean alive = true;
    private volatile Set<String> isolations = Set.of(TaskSpec.DEFAULT_ISOLATION);

    /** What was asked, and for which task. */
    public record Call(String what, String taskId) {}

    /**
     * @param engine where all answers come from; {@code Runnable::run} for the caller's thread
     * @param scripts what to do with a task
     * @param cues called with a task's id and the text of each {@link Step.Cue} that is reached
     */
    public FakeRuntime(
            String name, Executor engine, Function<ContainerSpec, Script> scripts, BiConsumer<String, String> cues) {
        this.name = name;
        this.engine = engine;
        this.scripts = scripts;
        this.cues = cues;
    }

    /** What was asked for a task, in order; questions about all of them are not kept. */
    public List<String> calls(String taskId) {
        return calls.stream()
                .filter(call -> call.taskId().equals(taskId))
                .map(Call::what)
                .toList();
    }

    /** What was asked for all tasks, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The tasks whose container is there. */
    public Set<String> containers() {
        return Set.copyOf(containers.keySet());
    }

    /** How many containers there were at once at most. */
    public int most() {
        return most.get();
    }

    /** How many streams are being read. */
    public int openStreams() {
        return open.get();
    }

    /** Makes the engine answer, or not. */
    public void alive(boolean answers) {
        alive = answers;
    }

    /** What walls it gives. */
    public FakeRuntime gives(String... walls) {
        isolations = Set.of(walls);
        return this;
    }

    /** Puts a container there that nobody asked for, with our instance's label or another's. */
    public void leave(String taskId, boolean ours) {
        containers.put(taskId, new FakeContainer(this, taskId, Script.PASSES, Instant.EPOCH));
        if (!ours) {
            foreign.add(taskId);
        }
    }

    /** Somebody outside removes a container. */
    public void lose(ContainerRef ref) {
        containers.remove(ref.taskId());
    }

    /** Has a task's container follow another script, as if it had been started with it. */
    public void put(String taskId, Script script) {
        var container = new FakeContainer(this, taskId, script, Instant.now());
        container.start().await().indefinitely();
        containers.put(taskId, container);
    }

    /** Lets a command that runs until it is stopped end by itself. */
    public void end(String taskId) {
        FakeContainer container = containers.get(taskId);
        container.signal(container.script().how().code());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Uni<RuntimeStatus> probe() {
        return Uni.createFrom()
                .<RuntimeStatus>item(() -> alive
                        ? new RuntimeStatus.Up("1.0", "memory", Set.of(), isolations)
                        : new RuntimeStatus.Down("the engine does not answer"))
                .runSubscriptionOn(engine);
    }

    @Override
    public Multi<Preparation> prepare(ContainerSpec spec) {
        return Multi.createFrom().deferred(() -> {
            note("prepare", spec.taskId());
            var container = new FakeContainer(this, spec.taskId(), scripts.apply(spec), Instant.now());
            return stream(play(spec.taskId(), container.script().prepare(), container)
                    .map(step -> ((Step.Tell) step).preparation())
                    .invoke(step -> {
                        if (step instanceof Preparation.Ready) {
                            containers.put(spec.taskId(), container);
                            keep(spec);
                            most.accumulateAndGet(containers.size(), Math::max);
                        }
                    }));
        });
    }

    @Override
    public Uni<RunningContainer> start(ContainerRef ref) {
        return Uni.createFrom().deferred(() -> {
            note("start", ref.taskId());
            return containers.get(ref.taskId()).start();
        });
    }

    @Override
    public Uni<RunningContainer> adopt(ContainerRef ref, LogResume from) {
        return Uni.createFrom()
                .item(() -> {
                    note("adopt", ref.taskId());
                    FakeContainer container = containers.get(ref.taskId());
                    if (container == null || container.startedAt() == null) {
                        throw new RuntimeFailure(CauseCode.RUNNER_RESTARTED, "it was never started");
                    }
                    return container.from(from.cursor());
                })
                .runSubscriptionOn(engine);
    }

    @Override
    public Multi<Usage> usage(ContainerRef ref) {
        return Multi.createFrom().deferred(() -> {
            note("usage", ref.taskId());
            return stream(Multi.createBy()
                    .concatenating()
                    .streams(
                            Multi.createFrom().item(new Usage(Instant.now(), 0.1, null, 1L << 20, 1)),
                            Multi.createFrom().nothing()));
        });
    }

    @Override
    public Uni<Void> stop(ContainerRef ref, Duration grace) {
        return Uni.createFrom()
                .deferred(() -> {
                    note("stop", ref.taskId());
                    FakeContainer container = containers.get(ref.taskId());
                    return container == null ? Uni.createFrom().voidItem() : container.stop(grace);
                })
                .emitOn(engine);
    }

    @Override
    public Multi<Buffer> archive(ContainerRef ref, String path) {
        return Multi.createFrom().deferred(() -> {
            note("archive", ref.taskId());
            FakeContainer container = containers.get(ref.taskId());
            var tar = Multi.createFrom()
                    .item(() -> FakeFiles.tar(container.script().files(), path));
            return stream(Multi.createBy()
                    .concatenating()
                    .streams(
                            play(ref.taskId(), container.script().archive(), container)
                                    .onItem()
                                    .ignoreAsUni()
                                    .toMulti()
                                    .onItem()
                                    .transformToMultiAndConcatenate(
                                            done -> Multi.createFrom().<Buffer>empty()),
                            tar));
        });
    }

    @Override
    public Uni<Void> remove(ContainerRef ref) {
        return Uni.createFrom()
                .item(() -> {
                    note("remove", ref.taskId());
                    FakeContainer container = containers.get(ref.taskId());
                    int failures = container == null ? 0 : container.script().removeFailures();
                    AtomicInteger left =
                            removeFailures.computeIfAbsent(ref.taskId(), id -> new AtomicInteger(failures));
                    if (left.getAndDecrement() > 0) {
                        throw new RuntimeFailure(CauseCode.ENGINE_FAILED, "the container cannot be removed");
                    }
                    if (container != null) {
                        containers.remove(ref.taskId(), container);
                        container.signal(FakeContainer.KILLED);
                    }
                    return (Void) null;
                })
                .runSubscriptionOn(engine);
    }

    @Override
    public Multi<OwnedContainer> owned() {
        return Multi.createFrom().deferred(() -> {
            answer();
            return Multi.createFrom()
                    .iterable(containers.entrySet())
                    .filter(entry -> !foreign.contains(entry.getKey()))
                    .map(entry -> new OwnedContainer(
                            new ContainerRef(entry.getKey()),
                            "c1",
                            entry.getValue().state(),
                            "image",
                            entry.getValue().createdAt()));
        });
    }

    /** Does the steps one after the other; gives those that have something to give. */
    Multi<Step> play(String taskId, List<Step> steps, FakeContainer container) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToMultiAndConcatenate(
                        step -> Multi.createFrom().deferred(() -> play(taskId, step, container)))
                .runSubscriptionOn(engine);
    }

    /** Has a task kept from reaching something. */
    public void deny(String taskId, DeniedHosts hosts) {
        denied.put(taskId, hosts);
    }

    @Override
    public Uni<DeniedHosts> denied(ContainerRef ref) {
        return Uni.createFrom().item(() -> {
            note("denied", ref.taskId());
            return denied.getOrDefault(ref.taskId(), DeniedHosts.NONE);
        });
    }

    @Override
    public Multi<KeptCache> caches() {
        return Multi.createFrom().deferred(() -> {
            answer();
            return Multi.createFrom().iterable(List.copyOf(caches.values()));
        });
    }

    @Override
    public Uni<Boolean> removeCache(String key) {
        return Uni.createFrom().item(() -> {
            answer();
            boolean free = containers.keySet().stream()
                    .noneMatch(task -> cachesOf.getOrDefault(task, Set.of()).contains(key));
            if (free) {
                caches.remove(key);
            }
            return free;
        });
    }

    @Override
    public Uni<Void> tidy() {
        return Uni.createFrom().voidItem().invoke(this::answer);
    }

    private void keep(ContainerSpec spec) {
        Set<String> keys = spec.mounts().stream()
                .filter(ContainerSpec.MountSpec.Cache.class::isInstance)
                .map(mount -> ((ContainerSpec.MountSpec.Cache) mount).key())
                .collect(Collectors.toSet());
        cachesOf.put(spec.taskId(), keys);
        keys.forEach(key -> caches.putIfAbsent(key, new KeptCache(key, 0L, Instant.now())));
    }

    private Multi<Step> play(String taskId, Step step, FakeContainer container) {
        if (step instanceof Step.Fail fail) {
            return Multi.createFrom().failure(new RuntimeFailure(fail.code(), fail.message()));
        }
        if (step instanceof Step.Crash crash) {
            return Multi.createFrom().failure(new IllegalStateException(crash.message()));
        }
        if (step instanceof Step.Hang) {
            return Multi.createFrom().nothing();
        }
        if (step instanceof Step.UntilStopped) {
            return container.untilStopped().onItem().transformToMulti(ended -> Multi.createFrom()
                    .empty());
        }
        if (step instanceof Step.Die) {
            if (!container.diesNow()) {
                return Multi.createFrom().empty();
            }
            alive = false;
            return Multi.createFrom().failure(gone());
        }
        if (step instanceof Step.Cue cue) {
            cues.accept(taskId, cue.what());
            return Multi.createFrom().empty();
        }
        return Multi.createFrom().item(step);
    }

    /** Counts a stream as long as somebody reads it. */
    <T> Multi<T> stream(Multi<T> stream) {
        return stream.onSubscription()
                .invoke(open::incrementAndGet)
                .onTermination()
                .invoke(() -> open.decrementAndGet());
    }

    private void note(String what, String taskId) {
        calls.add(new Call(what, taskId));
        answer();
    }

    private void answer() {
        if (!alive) {
            throw gone();
        }
    }

    private static RuntimeFailure gone() {
        return new RuntimeFailure(CauseCode.ENGINE_UNAVAILABLE, "the engine does not answer");
    }
}

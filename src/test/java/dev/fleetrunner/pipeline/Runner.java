package dev.fleetrunner.pipeline;

import static dev.fleetrunner.contract.Callers.operator;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.artifact.Limits;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.policy.PolicyReader;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.runtime.fake.FakeRuntime;
import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.secret.DirectorySecrets;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.store.Journal.StoredEvent;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A whole pipeline on a fake engine and a real store. */
final class Runner implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(120);
    static final String OWNER = "ci";
    static final String INSTANCE = "runner-1";

    static final long MIN_FREE = 1000;

    /** What the disk has left. */
    volatile long free = Long.MAX_VALUE;

    final DiskBrake brake;
    final TappedJournal journal;
    final FakeRuntime engine;
    final LogStore logs;
    final ArtifactStore artifacts;
    final Audit audit;
    final Pipeline pipeline;
    final Tasks tasks;
    final Occupancy occupancy;
    private final Ground ground;

    /** What a test sets of a runner. */
    record Setup(
            int places,
            int queueSize,
            long logBytes,
            Executor engine,
            Function<ContainerSpec, Script> scripts,
            boolean found,
            FakeRuntime shared,
            Duration collectLimit,
            Duration engineReturn) {
        static Setup of(int places, Script script) {
            return new Setup(
                    places, 10_000, 1 << 20, Runnable::run, spec -> script, true, null, SOON, Duration.ofMillis(300));
        }

        Setup scripts(Function<ContainerSpec, Script> other) {
            return new Setup(places, queueSize, logBytes, engine, other, found, shared, collectLimit, engineReturn);
        }

        Setup queueSize(int size) {
            return new Setup(places, size, logBytes, engine, scripts, found, shared, collectLimit, engineReturn);
        }

        Setup logBytes(long bytes) {
            return new Setup(places, queueSize, bytes, engine, scripts, found, shared, collectLimit, engineReturn);
        }

        Setup engine(Executor executor) {
            return new Setup(places, queueSize, logBytes, executor, scripts, found, shared, collectLimit, engineReturn);
        }

        Setup withoutEngine() {
            return new Setup(places, queueSize, logBytes, engine, scripts, false, shared, collectLimit, engineReturn);
        }

        Setup collectLimit(Duration limit) {
            return new Setup(places, queueSize, logBytes, engine, scripts, found, shared, limit, engineReturn);
        }

        Setup engineReturn(Duration limit) {
            return new Setup(places, queueSize, logBytes, engine, scripts, found, shared, collectLimit, limit);
        }

        /** On the engine of another runner, with its containers. */
        Setup on(FakeRuntime other) {
            return new Setup(places, queueSize, logBytes, engine, scripts, found, other, collectLimit, engineReturn);
        }
    }

    Runner(Ground ground, Setup setup) {
        this.ground = ground;
        this.journal = new TappedJournal(ground.store);
        this.engine = setup.shared() != null
                ? setup.shared()
                : new FakeRuntime("fake", setup.engine(), setup.scripts(), this::cue);
        this.logs = new LogStore(ground.directory.resolve("logs"), ground.worker, setup.logBytes());
        this.brake = new DiskBrake(() -> free, MIN_FREE, ground.worker);
        this.artifacts = new ArtifactStore(ground.directory.resolve("artifacts"), ground.worker, Limits.DEFAULT);
        List<ContainerRuntime> found = setup.found() ? List.of(engine) : List.of();
        var epoch = ground.store.claim(INSTANCE).await().atMost(SOON);
        this.audit = new Audit(ground.store.audit(), epoch, Clock.systemUTC());
        this.pipeline = new Pipeline(
                new Pipeline.Parts(
                        new Settings(
                                "localhost/base:latest",
                                setup.places(),
                                setup.queueSize(),
                                setup.logBytes(),
                                Duration.ofMillis(300),
                                setup.engineReturn(),
                                setup.collectLimit()),
                        new Runtimes(() -> Uni.createFrom().item(found)),
                        journal,
                        ground.store,
                        logs,
                        artifacts,
                        new WorkspaceStore(
                                ground.directory.resolve("workspaces"),
                                ground.worker,
                                new dev.fleetrunner.workspace.Limits(1 << 20, 1 << 20, 100),
                                Clock.systemUTC()),
                        new Caches(ground.directory.resolve("caches"), ground.worker, Clock.systemUTC()),
                        PolicyInForce.open(
                                Path.of("src/test/resources/policies/wide.yaml"),
                                new PolicyReader(List.of(ground.root)),
                                Clock.systemUTC(),
                                ground.worker),
                        new Secrets(
                                List.of(new DirectorySecrets(ground.directory.resolve("secrets"), ground.worker)),
                                ground.worker),
                        brake,
                        ground.worker,
                        ground.worker,
                        Clock.systemUTC(),
                        audit),
                epoch);
        this.tasks = pipeline.tasks();
        this.occupancy = pipeline.occupancy();
    }

    /** Begins, as the service does when it starts. */
    Runner begin() {
        pipeline.begin().chain(pipeline::sweep).await().atMost(SOON);
        return this;
    }

    /** Somebody outside does something: {@code cancel NAME}. */
    void cue(String taskId, String what) {
        String[] words = what.split(" ");
        if (!words[0].equals("cancel")) {
            throw new IllegalArgumentException(what);
        }
        tasks.cancel(operator(words[1]), taskId).subscribe().with(done -> {}, failure -> {
            throw new IllegalStateException(failure);
        });
    }

    Tasks.Accepted submit(String owner, String spec, String key) {
        return tasks.submit(operator(owner), spec.getBytes(StandardCharsets.UTF_8), key)
                .await()
                .atMost(SOON);
    }

    String submit(String spec) {
        return submit(OWNER, spec, null).task().row().id();
    }

    /** The result, once it is there and everything the task held is given back. */
    TaskResult result(String taskId) {
        TaskResult result = tasks.awaitResult(operator("alice"), taskId, SOON)
                .await()
                .atMost(SOON)
                .orElseThrow();
        awaitIdle();
        return result;
    }

    void awaitIdle() {
        awaitIdle(0, 0);
    }

    /** Until the runner has so many tasks in hand, and the engine feeds so many streams. */
    void awaitIdle(int inHand, int streams) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> occupancy.inHand() == inHand);
        await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> engine.openStreams() == streams);
    }

    List<String> events(String taskId) {
        var codec = new StoreCodec();
        return ground.store.history(taskId).await().atMost(SOON).stream()
                .map(StoredEvent::event)
                .map(codec::type)
                .toList();
    }

    String log(String taskId) {
        var text = new ByteArrayOutputStream();
        logs.plain(taskId, null, 0, Long.MAX_VALUE)
                .collect()
                .asList()
                .await()
                .atMost(SOON)
                .forEach(text::writeBytes);
        return text.toString(StandardCharsets.UTF_8);
    }

    /** As a graceful stop does, without time for what runs. */
    @Override
    public void close() {
        pipeline.leave(Duration.ZERO).await().atMost(SOON);
    }
}

package dev.fleetrunner.crash;

import static dev.fleetrunner.contract.Callers.operator;

import dev.fleetrunner.app.StoreCodec;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.artifact.Limits;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.Pipeline;
import dev.fleetrunner.pipeline.Settings;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.policy.PolicyReader;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.RuntimeFixture;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.runtime.engine.Dialect;
import dev.fleetrunner.runtime.engine.EngineFixture;
import dev.fleetrunner.secret.DirectorySecrets;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.store.sqlite.SqliteStore;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * One life of a runner in a process of its own. With specs it submits them and lives until it is killed; without, it ends
 * when every task has ended. Its arguments are a directory, an engine, the point of its death, and files with specs.
 */
final class Life {
    private static final Duration SOON = Duration.ofSeconds(60);

    private Life() {}

    /** The instance that all lives in a directory share. */
    static String instance(Path directory) throws IOException {
        return Files.readString(directory.resolve("instance")).strip();
    }

    static SqliteStore store(Path directory, ExecutorService worker) {
        return new SqliteStore(directory.resolve("state.db"), new StoreCodec(), worker);
    }

    static LogStore logs(Path directory, ExecutorService worker) {
        return new LogStore(directory.resolve("logs"), worker, 1 << 20);
    }

    static ArtifactStore artifacts(Path directory, ExecutorService worker) {
        return new ArtifactStore(directory.resolve("artifacts"), worker, Limits.DEFAULT);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        RuntimeFixture fixture = new EngineFixture(Dialect.valueOf(arguments[1]));
        Doom doom = new Doom(KillPoint.valueOf(arguments[2]));
        ExecutorService worker = Executors.newFixedThreadPool(8);
        SqliteStore store = store(directory, worker);
        ContainerRuntime runtime = new DoomedRuntime(fixture.open(instance(directory)), doom);
        var epoch = store.claim(instance(directory)).await().atMost(SOON);
        var pipeline = new Pipeline(
                new Pipeline.Parts(
                        new Settings("unnamed", 2, 100, 1 << 20, SOON, SOON, SOON),
                        new Runtimes(() -> Uni.createFrom().item(List.of(runtime))),
                        new DoomedJournal(store, doom),
                        store,
                        logs(directory, worker),
                        artifacts(directory, worker),
                        new WorkspaceStore(
                                directory.resolve("workspaces"),
                                worker,
                                new dev.fleetrunner.workspace.Limits(1 << 20, 1 << 20, 100),
                                Clock.systemUTC()),
                        new Caches(directory.resolve("caches"), worker, Clock.systemUTC()),
                        PolicyInForce.open(
                                Path.of("src/test/resources/policies/wide.yaml"),
                                new PolicyReader(List.of(directory)),
                                Clock.systemUTC(),
                                worker),
                        new Secrets(List.of(new DirectorySecrets(directory.resolve("secrets"), worker)), worker),
                        new DiskBrake(() -> Long.MAX_VALUE, 0, worker),
                        worker,
                        worker,
                        Clock.systemUTC(),
                        new Audit(store.audit(), epoch, Clock.systemUTC())),
                epoch);
        pipeline.begin().chain(pipeline::sweep).await().atMost(SOON);
        if (arguments.length > 3) {
            submit(pipeline.tasks(), List.of(arguments).subList(3, arguments.length));
            Thread.currentThread().join();
        }
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> pipeline.occupancy().inHand() == 0);
        System.exit(0);
    }

    private static void submit(Tasks tasks, List<String> specs) throws IOException {
        for (String spec : specs) {
            tasks.submit(operator("ci"), Files.readAllBytes(Path.of(spec)), null)
                    .subscribe()
                    .with(accepted -> {});
        }
    }
}

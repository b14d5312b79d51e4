package dev.fleetrunner.app;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.pipeline.Pipeline;
import dev.fleetrunner.pipeline.ServiceReading;
import dev.fleetrunner.pipeline.Settings;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.pipeline.retention.Retention;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.policy.PolicyReader;
import dev.fleetrunner.runtime.Runtimes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** One life of the service: opens everything in order at the start, and closes it in reverse at the end. */
@Startup
@Singleton
public class Runner {
    private static final Logger LOG = Logger.getLogger(Runner.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 10_000;
    private static final long SWEEP_MILLIS = 300_000;
    private static final long TIDY_MILLIS = 86_400_000;
    private static final long LOOK_AT_DISK_MILLIS = 2_000;
    private static final long LOOK_AT_POLICY_MILLIS = 2_000;
    private static final long SETTLE_AUDIT_MILLIS = 10_000;
    private static final long TELL_AUDIT_MILLIS = 3_600_000;
    private static final int WORKERS = 16;
    private static final int READERS = 2;

    private final FleetConfig config;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Runtimes runtimes;
    private DiskBrake brake;
    private Pipeline pipeline;
    private PolicyInForce policy;
    private Doorkeeping doorkeeping;
    private Stores stores;
    private AuditTrail trail;

    Runner(FleetConfig config, Vertx vertx, MeterRegistry metrics) {
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    @PostConstruct
    void open() {
        try {
            openAll();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openAll() {
        ProxyTrust.check(ConfigProvider.getConfig());
        ExecutorService worker = workers("fleet-worker-", WORKERS);
        ExecutorService readers = workers("fleet-reader-", READERS);
        DataDirectory data = opened(DataDirectory.open(config.dataDir()));
        stores = Stores.open(data, config, worker);
        opened.add(stores.state());
        brake = new DiskBrake(data.freeSpace(), config.storage().minFree().asLongValue(), worker);
        brake.look().await().atMost(START_LIMIT);
        WaysOut waysOut = opened(new WaysOut(config, data.instance(), worker, metrics));
        runtimes = opened(new EngineSearch(config, vertx, data.instance(), worker, waysOut.egress()))
                .look();
        waysOut.sweep(stores.state())
                .subscribe()
                .with(swept -> {}, failure -> LOG.warnf("sockets of old tasks are left: %s", failure.getMessage()));
        every(LOOK_AGAIN_MILLIS, () -> runtimes.refresh().subscribe().with(done -> {}));
        policy = PolicyInForce.open(
                config.policyFile().orElse(null),
                new PolicyReader(config.mountRoots().orElse(List.of())),
                Clock.systemUTC(),
                worker);
        every(LOOK_AT_POLICY_MILLIS, () -> policy.look().subscribe().with(done -> {}));
        var epoch = stores.state().claim(data.instance()).await().atMost(START_LIMIT);
        trail = opened(AuditTrail.open(stores.state().audit(), epoch, Clock.systemUTC()));
        doorkeeping = Doorkeeping.of(config, data, stores.state().tokens(), trail.audit());
        trail.audit().note(loaded(policy.now()));
        policy.whenChanged(state -> trail.audit().note(loaded(state)));
        every(SETTLE_AUDIT_MILLIS, () -> trail.audit().settle().subscribe().with(done -> {}));
        every(TELL_AUDIT_MILLIS, () -> trail.tell().subscribe().with(done -> {}));
        pipeline = new Pipeline(
                new Pipeline.Parts(
                        settings(),
                        runtimes,
                        stores.state(),
                        stores.state(),
                        stores.logs(),
                        stores.artifacts(),
                        stores.workspaces(),
                        stores.caches(),
                        policy,
                        SecretSources.of(config.secrets(), worker),
                        brake,
                        worker,
                        readers,
                        Clock.systemUTC(),
                        trail.audit()),
                epoch);
        opened.add(this::leave);
        long head = JournalHead.of(stores.state()).await().atMost(START_LIMIT);
        opened(new TaskMetrics(stores.state(), head, pipeline.occupancy(), metrics));
        pipeline.begin().await().atMost(START_LIMIT);
        Runnable sweep = () -> pipeline.sweep().subscribe().with(done -> {});
        sweep.run();
        every(SWEEP_MILLIS, sweep);
        every(LOOK_AT_DISK_MILLIS, () -> brake.look().subscribe().with(done -> {}));
        every(TIDY_MILLIS, () -> pipeline.tidy().subscribe().with(done -> {}));
        retain(Shelves.of(config.retention(), stores, epoch, runtimes, trail.audit()));
        LOG.infof("keeping state in %s", data.resolve(""));
    }

    private static Act loaded(PolicyInForce.State state) {
        Act load = Act.ofService(AuditAction.POLICY_LOAD, state.source())
                .with("sha256", state.digest())
                .with("refused", state.refused());
        return state.faults().isEmpty() ? load : load.failed();
    }

    /** The one that stops is on the main thread, too. */
    private void leave() {
        Duration drain = config.stop().drain();
        pipeline.leave(drain).await().atMost(drain.plus(config.stopLimit()).plus(START_LIMIT));
    }

    /** Sweeps now, from time to time, and when the disk gets full; nobody waits for it. */
    private void retain(List<Retention.Shelved> shelves) {
        var storage = new StorageMetrics(brake, metrics);
        Retention retention = opened(new Retention(shelves, Clock.systemUTC(), storage::take));
        Runnable sweep = () -> retention.sweep().subscribe().with(swept -> {});
        brake.whenChanged(low -> {
            if (low) {
                sweep.run();
            }
        });
        every(config.retention().every().toMillis(), sweep);
        sweep.run();
    }

    private void every(long millis, Runnable work) {
        long timer = vertx.setPeriodic(millis, id -> work.run());
        opened.add(() -> vertx.cancelTimer(timer));
    }

    private Settings settings() {
        return new Settings(
                config.defaultImage(),
                config.maxConcurrent(),
                config.queueSize(),
                config.logs().maxBytes().asLongValue(),
                config.stopLimit(),
                config.engine().returnLimit(),
                config.artifacts().maxCollect());
    }

    private ExecutorService workers(String name, int threads) {
        var number = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(threads, work -> {
            var thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        opened.add(workers::shutdown);
        return workers;
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    @PreDestroy
    void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                LOG.warn("a part did not close", e);
            }
        }
        opened.clear();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    ServiceReading.Facts facts() {
        Config all = ConfigProvider.getConfig();
        return new ServiceReading.Facts(
                all.getOptionalValue("quarkus.application.version", String.class)
                        .orElse("unknown"),
                System.getProperty("java.version"),
                trail.audit().runner(),
                "SQLite and files",
                config.dataDir().toString(),
                SettingsInForce.of(all));
    }

    Doorkeeping doorkeeping() {
        return doorkeeping;
    }

    Stores stores() {
        return stores;
    }

    Audit audit() {
        return trail.audit();
    }

    PolicyInForce policy() {
        return policy;
    }

    Runtimes runtimes() {
        return runtimes;
    }

    DiskBrake brake() {
        return brake;
    }
}

package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs tasks on one Podman or Docker engine. */
public final class EngineRuntime implements ContainerRuntime, AutoCloseable {
    private final Dialect dialect;
    private final String instance;
    private final Walls walls;
    private final EngineClient client;
    private final Vertx vertx;
    private final OutletSettings outletSettings;
    /** Of containers that are made and not started: an engine is never told them before it must. */
    private final Map<ContainerRef, List<Secret>> secrets = new ConcurrentHashMap<>();

    private volatile Engine known;

    /**
     * A runtime on the engine behind a socket; nothing is called yet.
     *
     * @param instance the runner's instance id, put on every container
     * @param socketPath the engine's unix socket
     */
    public EngineRuntime(Dialect dialect, String instance, Vertx vertx, String socketPath) {
        this(dialect, Walls.of(dialect, List.of()), instance, vertx, socketPath, null);
    }

    /**
     * A runtime that gives stronger walls, too, or one alone, and whose tasks may have an engine of their own.
     *
     * @param instance the runner's instance id, put on every container
     * @param socketPath the engine's unix socket
     * @param outletSettings null for a runtime whose tasks have no sockets
     */
    EngineRuntime(
            Dialect dialect,
            Walls walls,
            String instance,
            Vertx vertx,
            String socketPath,
            OutletSettings outletSettings) {
        this.dialect = dialect;
        this.walls = walls;
        this.instance = instance;
        this.vertx = vertx;
        this.outletSettings = outletSettings;
        this.client = new EngineClient(vertx, socketPath);
    }

    /** An engine that has answered, and what works on it. */
    private record Engine(
            EngineApi api, Images images, Containers containers, Starts starts, Stops stops, Outlets outlets) {}

    @Override
    public String name() {
        return walls.runtimeName();
    }

    String socketPath() {
        return client.socketPath();
    }

    @Override
    public Uni<RuntimeStatus> probe() {
        return EngineApi.negotiate(client, dialect)
                .invoke(this::meet)
                .<RuntimeStatus>map(api ->
                        new RuntimeStatus.Up(api.version(), client.socketPath(), api.unenforced(), walls.given(api)))
                .onFailure(RuntimeFailure.class)
                .recoverWithItem(failure -> new RuntimeStatus.Down(failure.getMessage()));
    }

    /** An engine may come back as another version; what was learned of the old one is forgotten then. */
    private synchronized void meet(EngineApi api) {
        if (known == null || !known.api().equals(api)) {
            if (known != null) {
                known.outlets().close();
            }
            Outlets outlets = outlets(api);
            known = new Engine(
                    api,
                    new Images(client, api.prefix()),
                    new Containers(
                            client, api.prefix(), dialect, instance, walls, InitBinary.of(api.architecture()), outlets),
                    new Starts(
                            client,
                            dialect,
                            instance,
                            api.unenforced(),
                            found -> walls.of(client, api.prefix(), found),
                            outlets),
                    new Stops(client),
                    outlets);
        }
    }

    private Outlets outlets(EngineApi api) {
        if (outletSettings == null || !vertx.getDelegate().isNativeTransportEnabled()) {
            return new Outlets(null, null, null);
        }
        Egress egress = outletSettings.egress();
        return new Outlets(
                egress,
                new WayOut(client, egress),
                new ScopedEngine(
                        client,
                        api,
                        dialect,
                        instance,
                        vertx,
                        egress,
                        outletSettings.engines(),
                        outletSettings.worker()));
    }

    private Uni<Engine> engine() {
        Engine now = known;
        return now != null
                ? Uni.createFrom().item(now)
                : EngineApi.negotiate(client, dialect).invoke(this::meet).map(api -> known);
    }

    @Override
    public Multi<Preparation> prepare(ContainerSpec spec) {
        return engine().onItem().transformToMulti(engine -> {
            Optional<RuntimeFailure> refused = SpecCheck.refuse(spec, engine.api(), walls);
            secrets.put(new ContainerRef(spec.taskId()), spec.secrets());
            return refused.isPresent() ? Multi.createFrom().failure(refused.get()) : prepare(engine, spec);
        });
    }

    private static Multi<Preparation> prepare(Engine engine, ContainerSpec spec) {
        Uni<Void> init = engine.containers().ensureInit();
        return engine.images()
                .ensure(spec.image(), spec.grant())
                .onItem()
                .transformToMultiAndConcatenate(step -> Multi.createBy()
                        .concatenating()
                        .streams(Multi.createFrom().item(step), then(engine, spec, step, init)));
    }

    /** When the image is there, the container can be made of it. */
    private static Multi<Preparation> then(Engine engine, ContainerSpec spec, Preparation step, Uni<Void> init) {
        return step instanceof Preparation.ImagePresent image
                ? Multi.createFrom().deferred(() -> engine.containers()
                        .create(spec, image.digest(), init)
                        .toMulti())
                : Multi.createFrom().empty();
    }

    @Override
    public Uni<DeniedHosts> denied(ContainerRef ref) {
        return engine().chain(engine -> engine.outlets().denied(ref));
    }

    @Override
    public Uni<RunningContainer> start(ContainerRef ref) {
        return engine().chain(
                        engine -> engine.starts().start(ref, engine.containers().uri(ref), known(ref)));
    }

    private List<Secret> known(ContainerRef ref) {
        return Optional.ofNullable(secrets.remove(ref)).orElse(List.of());
    }

    @Override
    public Uni<RunningContainer> adopt(ContainerRef ref, LogResume from) {
        return engine().chain(
                        engine -> engine.starts().adopt(ref, engine.containers().uri(ref), from));
    }

    @Override
    public Multi<Usage> usage(ContainerRef ref) {
        return Later.stream(engine().chain(engine ->
                        client.stream(HttpMethod.GET, engine.containers().uri(ref) + "/stats?stream=true"))
                .chain(stream -> stream.orFail(ENGINE_FAILED, "the container's usage cannot be read"))
                .map(stream -> UsageSamples.of(stream.body())));
    }

    @Override
    public Uni<Void> stop(ContainerRef ref, Duration grace) {
        return engine().chain(engine -> engine.stops().stop(engine.containers().uri(ref), grace));
    }

    @Override
    public Multi<Buffer> archive(ContainerRef ref, String path) {
        return Later.stream(
                engine().map(engine -> new Archives(client, engine.containers().uri(ref)).read(path)));
    }

    @Override
    public Uni<Void> remove(ContainerRef ref) {
        return engine().invoke(() -> secrets.remove(ref))
                .chain(engine -> engine.containers().remove(ref));
    }

    @Override
    public Multi<OwnedContainer> owned() {
        return engine().onItem().transformToMulti(engine -> engine.containers().owned());
    }

    @Override
    public Multi<KeptCache> caches() {
        return engine().onItem()
                .transformToMulti(engine -> engine.containers().caches().all());
    }

    @Override
    public Uni<Boolean> removeCache(String key) {
        return engine().chain(engine -> engine.containers().caches().remove(key));
    }

    @Override
    public Uni<Void> tidy() {
        return engine().chain(engine -> engine.containers().tidy());
    }

    /** Closes the connections; containers are left as they are. */
    @Override
    public void close() {
        Engine now = known;
        if (now != null) {
            now.outlets().close();
        }
        client.close();
    }
}

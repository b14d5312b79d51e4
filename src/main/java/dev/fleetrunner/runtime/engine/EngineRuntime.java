package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;
import static dev.fleetrunner.contract.CauseCode.NOT_FOUND;
import static dev.fleetrunner.contract.CauseCode.NOT_SUPPORTED;
import static dev.fleetrunner.contract.CauseCode.RUNNER_RESTARTED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.RuntimeStatus;
import dev.fleetrunner.runtime.Usage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Runs tasks on one Podman or Docker engine. */
public final class EngineRuntime implements ContainerRuntime, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineRuntime.class);
    private static final Uni<EngineAnswer> NOTHING = Uni.createFrom().nullItem();

    private final Dialect dialect;
    private final String instance;
    private final EngineClient client;
    private final OwnLimits own = OwnLimits.read();
    private final Map<ContainerRef, Uni<EngineAnswer>> creating = new ConcurrentHashMap<>();
    private volatile Connection connection;

    /**
     * A runtime on the engine behind a socket; nothing is called yet.
     *
     * @param instance the runner's instance id, put on every container
     * @param socketPath the engine's unix socket
     */
    public EngineRuntime(Dialect dialect, String instance, Vertx vertx, String socketPath) {
        this.dialect = dialect;
        this.instance = instance;
        this.client = new EngineClient(vertx, socketPath);
    }

    /** What is known of an engine once it has answered. */
    private record Connection(EngineApi api, Seeds seeds) {}

    @Override
    public String name() {
        return dialect.word();
    }

    String socketPath() {
        return client.socketPath();
    }

    @Override
    public Uni<RuntimeStatus> probe() {
        return EngineApi.negotiate(client, dialect)
                .invoke(this::connected)
                .<RuntimeStatus>map(api -> new RuntimeStatus.Up(api.version(), client.socketPath(), api.unenforced()))
                .onFailure(RuntimeFailure.class)
                .recoverWithItem(failure -> new RuntimeStatus.Down(failure.getMessage()));
    }

    private void connected(EngineApi api) {
        Connection current = connection;
        if (current == null || !current.api().equals(api)) {
            connection =
                    new Connection(api, new Seeds(client, api.prefix(), instance, InitBinary.of(api.architecture())));
        }
    }

    private Uni<Connection> connection() {
        Connection known = connection;
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return EngineApi.negotiate(client, dialect).invoke(this::connected).map(api -> connection);
    }

    @Override
    public Multi<Preparation> prepare(ContainerSpec spec) {
        return connection().onItem().transformToMulti(engine -> {
            Optional<RuntimeFailure> refused = refuse(spec, engine.api());
            if (refused.isPresent()) {
                return Multi.createFrom().failure(refused.get());
            }
            return Multi.createBy()
                    .concatenating()
                    .streams(image(engine, spec.image()), Multi.createFrom().deferred(() -> create(engine, spec)
                            .toMulti()));
        });
    }

    /** What the spec names must be kept; a default that cannot be shows in the receipt. */
    private static Optional<RuntimeFailure> refuse(ContainerSpec spec, EngineApi api) {
        Set<String> broken = new TreeSet<>(spec.named());
        broken.retainAll(api.unenforced());
        if (!broken.isEmpty()) {
            return Optional.of(new RuntimeFailure(
                    NOT_SUPPORTED,
                    "this engine does not enforce " + String.join(", ", broken) + ", which the spec names"));
        }
        return switch (spec.network().mode()) {
            case NONE -> Optional.empty();
            case RESTRICTED, OPEN ->
                Optional.of(new RuntimeFailure(
                        NOT_SUPPORTED, "network.mode " + spec.network().mode().word() + " is not supported"));
        };
    }

    private Multi<Preparation> image(Connection engine, String image) {
        return inspectImage(engine, image)
                .onItem()
                .transformToMulti(digest -> digest.isPresent()
                        ? Multi.createFrom().item(new Preparation.ImagePresent(digest.get()))
                        : Multi.createBy()
                                .concatenating()
                                .streams(
                                        new ImagePull(client, engine.api().prefix()).pull(image),
                                        inspectImage(engine, image)
                                                .<Preparation>map(pulled -> new Preparation.ImagePresent(
                                                        pulled.orElseThrow(() -> new RuntimeFailure(
                                                                CauseCode.IMAGE_PULL_FAILED,
                                                                "image " + image + " is not there after its pull"))))
                                                .toMulti()));
    }

    private Uni<Optional<String>> inspectImage(Connection engine, String image) {
        return client.get(engine.api().prefix() + "/images/" + encode(image) + "/json")
                .map(answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(digest(answer.orFail(ENGINE_FAILED, "image " + image + " cannot be looked at")
                                .json())));
    }

    private static String digest(JsonNode image) {
        String id = image.path("Id").asText();
        return id.startsWith("sha256:") ? id : "sha256:" + id;
    }

    private Uni<Preparation> create(Connection engine, ContainerSpec spec) {
        var ref = new ContainerRef(spec.taskId());
        var request =
                new CreateRequest(instance, dialect, own, spec, engine.seeds().initVolume());
        return engine.seeds()
                .ensureInit()
                .chain(() -> BindSources.check(spec))
                .chain(() -> uninterrupted(ref, attemptCreate(engine, spec, ref, request)))
                .onItem()
                .transformToUni(answer -> answer.ok() || answer.status() == 404
                        ? Uni.createFrom().item(answer)
                        : replaceLeftOver(engine, spec, ref, request, answer))
                .map(answer -> answer.orFail(createFailure(spec, answer), "the container cannot be made")
                        .json())
                .map(json -> new Preparation.Ready(json.path("Id").asText()));
    }

    /** An engine that was asked makes the container even if nobody waits any more: {@link #remove} waits for it then. */
    private Uni<EngineAnswer> uninterrupted(ContainerRef ref, Uni<EngineAnswer> creation) {
        return Uni.createFrom().deferred(() -> {
            Uni<EngineAnswer> begun = Begun.now(creation);
            creating.put(ref, begun);
            begun.subscribe().with(done -> creating.remove(ref, begun), failure -> creating.remove(ref, begun));
            return begun;
        });
    }

    /** The name may be taken by what an earlier attempt for this task left: Docker says 409 then, Podman 500. */
    private Uni<EngineAnswer> replaceLeftOver(
            Connection engine, ContainerSpec spec, ContainerRef ref, CreateRequest request, EngineAnswer refusal) {
        return owned().filter(container -> container.ref().equals(ref))
                .collect()
                .asList()
                .onItem()
                .transformToUni(left -> left.isEmpty()
                        ? Uni.createFrom().item(refusal)
                        : remove(ref).chain(() -> uninterrupted(ref, attemptCreate(engine, spec, ref, request))));
    }

    private Uni<EngineAnswer> attemptCreate(
            Connection engine, ContainerSpec spec, ContainerRef ref, CreateRequest request) {
        Uni<EngineAnswer> task = client.post(
                engine.api().prefix() + "/containers/create?name=" + Names.container(ref), request.document());
        List<String> volumes = CreateRequest.ownVolumes(spec);
        if (!dialect.volumesNeedSeed() || volumes.isEmpty()) {
            return task;
        }
        return engine.seeds()
                .plant(ref, volumes, id(spec.user(), 0), id(spec.user(), 1))
                .onItem()
                .transformToUni(seed -> seed.ok() ? task : Uni.createFrom().item(seed));
    }

    private static int id(String user, int part) {
        return Integer.parseInt(user.split(":")[part]);
    }

    /** The document is ours, so a refusal of it points at what the caller put in: the binds. */
    private static CauseCode createFailure(ContainerSpec spec, EngineAnswer answer) {
        boolean binds = spec.mounts().stream().anyMatch(MountSpec.Bind.class::isInstance);
        return binds && answer.status() != 404 ? MOUNT_INVALID : ENGINE_FAILED;
    }

    @Override
    public Uni<RunningContainer> start(ContainerRef ref) {
        return connection().onItem().transformToUni(engine -> {
            String uri = container(engine, ref);
            return client.stream(HttpMethod.POST, uri + "/attach?stream=1&stdout=1&stderr=1", Map.of())
                    .onItem()
                    .transformToUni(attached -> {
                        if (attached.status() != 200) {
                            return attached.body()
                                    .collect()
                                    .in(Buffer::buffer, Buffer::appendBuffer)
                                    .map(body -> {
                                        throw new EngineAnswer(attached.status(), null, body)
                                                .failure(ENGINE_FAILED, "the container's output cannot be caught");
                                    });
                        }
                        return client.post(uri + "/start", null)
                                .onItem()
                                .transformToUni(answer -> answer.ok()
                                        ? Uni.createFrom()
                                                .<RunningContainer>item(new EngineContainer(
                                                        client,
                                                        uri,
                                                        engine.api().unenforced(),
                                                        Instant.now(),
                                                        InitReport.nonce(instance, ref.taskId()),
                                                        attached.body(),
                                                        LogCursor.START))
                                        : startFailure(uri, answer))
                                .onFailure()
                                .invoke(() -> discard(attached.body()))
                                .onCancellation()
                                .invoke(() -> discard(attached.body()));
                    });
        });
    }

    private static void discard(Multi<Buffer> body) {
        body.subscribe().with(bytes -> {}, failure -> {}).cancel();
    }

    /** With our own init as the first process, a container that does not start lacks something that is mounted. */
    private Uni<RunningContainer> startFailure(String uri, EngineAnswer answer) {
        return client.get(uri + "/json").map(inspected -> {
            boolean binds = false;
            for (JsonNode mount : inspected.json().path("Mounts")) {
                binds |= mount.path("Type").asText().equals("bind");
            }
            throw answer.failure(binds ? MOUNT_INVALID : ENGINE_FAILED, "the container cannot be started");
        });
    }

    @Override
    public Uni<RunningContainer> adopt(ContainerRef ref, LogCursor from) {
        return connection().onItem().transformToUni(engine -> {
            String uri = container(engine, ref);
            return client.get(uri + "/json").onItem().transformToUni(answer -> {
                JsonNode state = answer.ok() ? answer.json().path("State") : null;
                if (state == null || state.path("StartedAt").asText().startsWith("0001-")) {
                    throw new RuntimeFailure(RUNNER_RESTARTED, "the runner was restarted before the command ran");
                }
                return client.stream(HttpMethod.GET, uri + "/logs?follow=1&stdout=1&stderr=1", Map.of())
                        .map(stream -> new EngineContainer(
                                client,
                                uri,
                                engine.api().unenforced(),
                                Instant.parse(state.path("StartedAt").asText()),
                                InitReport.nonce(instance, ref.taskId()),
                                stream.body(),
                                from));
            });
        });
    }

    @Override
    public Multi<Usage> usage(ContainerRef ref) {
        return connection()
                .onItem()
                .transformToUni(engine ->
                        client.stream(HttpMethod.GET, container(engine, ref) + "/stats?stream=true", Map.of()))
                .onItem()
                .transformToMulti(stream -> {
                    var lines = new ImagePull.Lines();
                    var samples = new UsageSamples();
                    return stream.status() != 200
                            ? stream.body().select().first(0).map(ignored -> (Usage) null)
                            : stream.body()
                                    .onItem()
                                    .transformToMultiAndConcatenate(
                                            bytes -> Multi.createFrom().iterable(lines.add(bytes.getBytes())))
                                    .map(EngineAnswer::parse)
                                    .select()
                                    .where(stats -> stats.path("pids_stats")
                                                    .path("current")
                                                    .asLong()
                                            > 0)
                                    .map(samples::read);
                });
    }

    @Override
    public Uni<Void> stop(ContainerRef ref, Duration grace) {
        return connection().onItem().transformToUni(engine -> {
            String uri = container(engine, ref);
            return signal(uri, "TERM")
                    .onItem()
                    .transformToUni(running -> !running
                            ? Uni.createFrom().voidItem()
                            : ended(uri)
                                    .ifNoItem()
                                    .after(grace.isZero() ? Duration.ofMillis(1) : grace)
                                    .recoverWithUni(() -> signal(uri, "KILL").chain(() -> ended(uri))));
        });
    }

    private Uni<Void> ended(String uri) {
        return client.await(HttpMethod.POST, uri + "/wait").replaceWithVoid();
    }

    /** Whether there was a running container to take the signal. */
    private Uni<Boolean> signal(String uri, String signal) {
        return client.post(uri + "/kill?signal=" + signal, null)
                .onItem()
                .transformToUni(answer -> answer.ok()
                        ? Uni.createFrom().item(true)
                        // One that has ended, was never started or is gone cannot be signalled: Docker says 409, Podman
                        // 500.
                        : client.get(uri + "/json").map(inspected -> {
                            if (inspected.ok()
                                    && inspected
                                            .json()
                                            .path("State")
                                            .path("Running")
                                            .asBoolean()) {
                                throw answer.failure(ENGINE_FAILED, "the container cannot be stopped");
                            }
                            return false;
                        }));
    }

    @Override
    public Multi<Buffer> archive(ContainerRef ref, String path) {
        return connection()
                .onItem()
                .transformToUni(engine -> client.stream(
                        HttpMethod.GET, container(engine, ref) + "/archive?path=" + encode(path), Map.of()))
                .onItem()
                .transformToMulti(stream -> stream.status() == 200
                        ? stream.body()
                        : stream.body()
                                .collect()
                                .in(Buffer::buffer, Buffer::appendBuffer)
                                .<Buffer>map(body -> {
                                    throw new EngineAnswer(stream.status(), null, body)
                                            .failure(
                                                    stream.status() == 404 ? NOT_FOUND : ENGINE_FAILED,
                                                    path + " cannot be read");
                                })
                                .toMulti());
    }

    @Override
    public Uni<Void> remove(ContainerRef ref) {
        return Uni.createFrom()
                .deferred(() -> creating.getOrDefault(ref, NOTHING))
                .onFailure()
                .recoverWithNull()
                .chain(() -> removeNow(ref));
    }

    private Uni<Void> removeNow(ContainerRef ref) {
        return connection().onItem().transformToUni(engine -> {
            Uni<Void> task = remove(container(engine, ref));
            return dialect.volumesNeedSeed()
                    ? task.chain(() -> remove(engine.api().prefix() + "/containers/" + Names.seed(ref)))
                    : task;
        });
    }

    private Uni<Void> remove(String uri) {
        return client.delete(uri + "?force=true&v=true")
                // 409: another call is removing it right now.
                .invoke(answer -> {
                    if (answer.status() != 404 && answer.status() != 409) {
                        answer.orFail(ENGINE_FAILED, "the container cannot be removed");
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Multi<OwnedContainer> owned() {
        String filter = encode("{\"label\":[\"" + Names.LABEL_INSTANCE + "=" + instance + "\"]}");
        return connection()
                .onItem()
                .transformToUni(
                        engine -> client.get(engine.api().prefix() + "/containers/json?all=1&filters=" + filter))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the containers cannot be listed")
                        .json())
                .onItem()
                .transformToMulti(list -> {
                    List<OwnedContainer> owned = new ArrayList<>();
                    list.forEach(container -> owned.add(owned(container)));
                    return Multi.createFrom().iterable(owned);
                });
    }

    private static OwnedContainer owned(JsonNode container) {
        String state = container.path("State").asText();
        return new OwnedContainer(
                new ContainerRef(container.path("Labels").path(Names.LABEL_TASK).asText()),
                container.path("Id").asText(),
                switch (state) {
                    case "created", "initialized", "configured" -> OwnedContainer.State.PREPARED;
                    case "running", "paused", "stopping" -> OwnedContainer.State.RUNNING;
                    default -> OwnedContainer.State.ENDED;
                },
                container.path("Image").asText(),
                Instant.ofEpochSecond(container.path("Created").asLong()));
    }

    private static String container(Connection engine, ContainerRef ref) {
        return engine.api().prefix() + "/containers/" + Names.container(ref);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Closes the connections; containers are left as they are. */
    @Override
    public void close() {
        client.close();
    }
}

package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.egress.Egress;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.engine.gateway.AllowedImages;
import dev.fleetrunner.runtime.engine.gateway.Cleanup;
import dev.fleetrunner.runtime.engine.gateway.EngineCalls;
import dev.fleetrunner.runtime.engine.gateway.EngineGateway;
import dev.fleetrunner.runtime.engine.gateway.EngineReply;
import dev.fleetrunner.runtime.engine.gateway.GatewayEngine;
import dev.fleetrunner.runtime.engine.gateway.GatewayLimits;
import dev.fleetrunner.runtime.engine.gateway.GatewayTask;
import dev.fleetrunner.runtime.engine.gateway.Isolation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Gives tasks that ask for it an engine of their own, and takes it away with all that they made by it. */
final class ScopedEngine implements AutoCloseable {
    /** What clients of engines look at; a spec may say otherwise. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "DOCKER_HOST", "unix://" + Names.SOCKETS + "/docker.sock",
            "TESTCONTAINERS_HOST_OVERRIDE", "localhost",
            "TESTCONTAINERS_RYUK_DISABLED", "true");

    private static final Logger LOG = Logger.getLogger(ScopedEngine.class);
    private static final long NANOS_PER_MILLI_CPU = 1_000_000;
    /** Scoped engines keep little of their output: it is the task's to read, not the runner's. */
    private static final long LOG_BYTES = 16L << 20;

    private final EngineClient client;
    /** For what tasks ask: however slow that is, the runner's own calls have connections. */
    private final EngineClient tasks;

    private final EngineApi api;
    private final String instance;
    private final Egress egress;
    private final GatewayLimits limits;
    private final EngineGateway gateway;
    private final Isolation isolation;

    ScopedEngine(
            EngineClient client,
            EngineApi api,
            Dialect dialect,
            String instance,
            Vertx vertx,
            Egress egress,
            GatewayLimits limits,
            Executor worker) {
        this.client = client;
        this.api = api;
        this.instance = instance;
        this.egress = egress;
        this.limits = limits;
        this.tasks = new EngineClient(vertx, client.socketPath());
        var log = dialect.logDriver(LOG_BYTES);
        var engine = new GatewayEngine(
                instance,
                Path.of(client.socketPath()),
                api.prefix(),
                dialect == Dialect.PODMAN,
                calls(tasks),
                Map.of("Type", log.type(), "Config", log.options()),
                CreateRequest.ulimits(OwnLimits.read()),
                worker);
        this.gateway = new EngineGateway(engine, limits, ((VertxInternal) vertx.getDelegate()).getEventLoopGroup());
        this.isolation = new Isolation(engine);
    }

    private static EngineCalls calls(EngineClient by) {
        return (method, uri, json) -> (switch (method) {
                    case "GET" -> by.get(uri);
                    case "DELETE" -> by.delete(uri);
                    // Without a limit of time: a stop lasts as long as the container takes.
                    default -> json == null ? by.await(HttpMethod.valueOf(method), uri) : by.post(uri, json);
                })
                .map(answer -> new EngineReply(answer.status(), answer.body().getBytes()));
    }

    /** Opens a task's engine, if it asks for one, before its container is made. */
    Uni<Void> open(ContainerSpec spec, String initVolume) {
        if (!spec.engine()) {
            return Uni.createFrom().voidItem();
        }
        var knocker = new Isolation.Knocker(spec.image(), initVolume, Names.INIT_DIRECTORY, Names.INIT);
        return isolated(knocker)
                .chain(() -> egress.directory(spec.taskId()))
                .chain(directory ->
                        gateway.open(new GatewayTask(spec.taskId(), directory, images(spec.grant()), spec.resources())))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    /** What the policy gave a task holds for its containers too. */
    static AllowedImages images(Grant grant) {
        return new AllowedImages(grant.rule(), grant.images(), grant.pull());
    }

    private static RuntimeFailure failed(Throwable failure) {
        return new RuntimeFailure(ENGINE_FAILED, "the task's engine failed: " + failure.getMessage(), failure);
    }

    private Uni<Void> isolated(Isolation.Knocker knocker) {
        return limits.reachHost()
                ? isolation
                        .ensure(knocker)
                        .onFailure(RuntimeFailure.class)
                        .invoke(failure -> LOG.warnf("accepted by the operator: %s", failure.getMessage()))
                        .onFailure(RuntimeFailure.class)
                        .recoverWithNull()
                : isolation.ensure(knocker);
    }

    /** Opens it again for a container of an earlier life. */
    Uni<Void> reopen(ContainerRef ref, JsonNode container) {
        JsonNode labels = container.path("Config").path("Labels");
        if (!labels.path(Names.LABEL_ENGINE).asBoolean()
                || !container.path("State").path("Running").asBoolean()) {
            return Uni.createFrom().voidItem();
        }
        JsonNode host = container.path("HostConfig");
        var budget = new Resources(
                host.path("NanoCpus").asLong() / NANOS_PER_MILLI_CPU,
                host.path("Memory").asLong(),
                host.path("PidsLimit").asInt(),
                null);
        var images = AllowedImages.ofLabel(labels.path(Names.LABEL_IMAGES).asText());
        return egress.directory(ref.taskId())
                .chain(directory -> gateway.open(new GatewayTask(ref.taskId(), directory, images, budget)))
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    /** Closes a task's engine and removes all that was made by it. Safe for tasks that have none. */
    Uni<Void> remove(ContainerRef ref) {
        return gateway.close(ref.taskId())
                .chain(() -> new Cleanup(calls(client), api.prefix(), instance, ref.taskId()).all())
                .onFailure(failure -> !(failure instanceof RuntimeFailure))
                .transform(ScopedEngine::failed);
    }

    @Override
    public void close() {
        gateway.close();
        tasks.close();
    }
}

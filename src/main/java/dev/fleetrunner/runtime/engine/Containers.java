package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Makes, lists and removes the containers of one runner on one engine. */
final class Containers {
    private static final Uni<Made> NOTHING = Uni.createFrom().nullItem();

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final String instance;
    private final Outlets outlets;
    private final Seeds seeds;
    private final VolumeOwners volumeOwners;
    private final Walls walls;
    private final Mark mark;
    private final Caches caches;
    private final Copies copies;
    private final OwnLimits own = OwnLimits.read();
    private final Map<ContainerRef, Uni<Made>> creating = new ConcurrentHashMap<>();
    /** Those of which it is known that they have no seeds to remove. */
    private final Set<ContainerRef> seedless = ConcurrentHashMap.newKeySet();

    Containers(
            EngineClient client,
            String api,
            Dialect dialect,
            String instance,
            Walls walls,
            InitBinary init,
            Outlets outlets) {
        this.client = client;
        this.api = api;
        this.dialect = dialect;
        this.instance = instance;
        this.outlets = outlets;
        this.walls = walls;
        this.mark = new Mark(instance, walls.labels());
        this.seeds = new Seeds(client, api, dialect, mark, init);
        this.volumeOwners = new VolumeOwners(client, api, dialect, mark);
        this.caches = new Caches(client, api, instance);
        this.copies = new Copies(client, api);
    }

    Caches caches() {
        return caches;
    }

    /** Removes what was made for containers in general and nothing uses any more. */
    Uni<Void> tidy() {
        return seeds.tidy();
    }

    /** Sees to it that what every container has mounted is there; begins at once, beside the look for the image. */
    Uni<Void> ensureInit() {
        return Begun.now(seeds.ensureInit());
    }

    /** Where the engine has a task's container. */
    String uri(ContainerRef ref) {
        return api + "/containers/" + Names.container(ref);
    }

    /**
     * Makes a container and its volumes, with the files that belong in them, replacing what an earlier attempt for the
     * task left.
     *
     * @param digest of the spec's image
     * @param init what {@link #ensureInit} gave
     */
    Uni<Preparation> create(ContainerSpec spec, String digest, Uni<Void> init) {
        var ref = new ContainerRef(spec.taskId());
        return init.chain(() -> BindSources.check(spec))
                .chain(() -> outlets.open(spec, seeds.initVolume()))
                .chain(() -> uninterrupted(ref, attempt(spec, digest, ref)))
                .onItem()
                .transformToUni(made -> made.answer().ok() || made.answer().status() == 404
                        ? Uni.createFrom().item(made)
                        : replaceLeftOver(spec, digest, ref, made))
                .invoke(made -> made.answer().orFail(failure(spec, made.answer()), "the container cannot be made"))
                .invoke(made -> noteSeeds(ref, made))
                .onFailure(RuntimeFailure.class)
                .transform(failure -> outlets.explain(spec, failure))
                .call(() -> outlets.check(spec, uri(ref)))
                .call(() -> walls.check(client, api, uri(ref), spec.isolation()))
                .call(made -> copies.fill(spec, made.seeded()))
                .map(made ->
                        new Preparation.Ready(made.answer().json().path("Id").asText()));
    }

    /** What the engine said of a container that it was to make, and whether its volumes come from seeds. */
    private record Made(EngineAnswer answer, boolean seeded) {}

    private void noteSeeds(ContainerRef ref, Made made) {
        if (!made.seeded()) {
            seedless.add(ref);
        }
    }

    /** An engine that was asked makes the container even if nobody waits any more: {@link #remove} waits for it then. */
    private Uni<Made> uninterrupted(ContainerRef ref, Uni<Made> creation) {
        return Uni.createFrom().deferred(() -> {
            Uni<Made> begun = Begun.now(creation);
            creating.put(ref, begun);
            begun.subscribe().with(done -> creating.remove(ref, begun), failure -> creating.remove(ref, begun));
            return begun;
        });
    }

    /** The name may be taken by what an earlier attempt for this task left: Docker says 409 then, Podman 500. */
    private Uni<Made> replaceLeftOver(ContainerSpec spec, String digest, ContainerRef ref, Made refused) {
        return listed(container -> true)
                .filter(container -> container.ref().equals(ref))
                .collect()
                .asList()
                .onItem()
                .transformToUni(left -> left.isEmpty()
                        ? Uni.createFrom().item(refused)
                        : remove(ref).chain(() -> uninterrupted(ref, attempt(spec, digest, ref))));
    }

    private Uni<Made> attempt(ContainerSpec spec, String digest, ContainerRef ref) {
        var volumes = TaskVolumes.of(spec, instance);
        Uni<Made> making = volumeOwners.needSeed(spec, digest, volumes).chain(seeded -> (seeded
                        ? seeds.plant(ref, volumes, spec.user())
                                .chain(seed -> seed.ok()
                                        ? task(spec, volumes, ref, true)
                                        : Uni.createFrom().item(seed))
                        : task(spec, volumes, ref, false))
                .map(answer -> new Made(answer, seeded)));
        return caches.with(spec, making);
    }

    private Uni<EngineAnswer> task(ContainerSpec spec, TaskVolumes volumes, ContainerRef ref, boolean seeded) {
        var request = new CreateRequest(
                mark,
                walls.runtimeFor(spec.isolation()),
                dialect,
                own,
                spec,
                volumes,
                seeds.initVolume(),
                seeded,
                outlets.directory(spec));
        return client.post(api + "/containers/create?name=" + Names.container(ref), request.document());
    }

    /** The document is ours, so a refusal of it points at what the caller put in: the binds. */
    private static CauseCode failure(ContainerSpec spec, EngineAnswer answer) {
        boolean binds = spec.mounts().stream().anyMatch(MountSpec.Bind.class::isInstance);
        return binds && answer.status() != 404 ? MOUNT_INVALID : ENGINE_FAILED;
    }

    /** Removes a task's container and volumes, running or not. Safe twice, and for what never was. */
    Uni<Void> remove(ContainerRef ref) {
        return Uni.createFrom()
                .deferred(() -> creating.getOrDefault(ref, NOTHING))
                .onFailure()
                .recoverWithNull()
                // The task's own container goes last: as long as it is there, a sweep finds what else is.
                .chain(() -> outlets.remove(ref))
                .chain(() -> remove(uri(ref)))
                .chain(() -> seedless.remove(ref) ? Uni.createFrom().voidItem() : removeSeeds(ref));
    }

    private Uni<Void> removeSeeds(ContainerRef ref) {
        return remove(api + "/containers/" + Names.seed(ref))
                .chain(() -> remove(api + "/containers/" + Names.readOnlySeed(ref)));
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

    /**
     * Every container that bears the instance and is this runtime's to look after, seeds too. What a task has made itself
     * shows only where the task's own container is gone: it goes with that one.
     */
    Multi<OwnedContainer> owned() {
        return listed(container -> walls.lookAfter(container.path("Labels")));
    }

    private Multi<OwnedContainer> listed(Predicate<JsonNode> wanted) {
        String filter = EngineClient.encode("{\"label\":[\"" + Names.LABEL_INSTANCE + "=" + instance + "\"]}");
        return client.get(api + "/containers/json?all=1&filters=" + filter)
                .map(answer -> answer.orFail(ENGINE_FAILED, "the containers cannot be listed")
                        .json())
                .onItem()
                .transformToMulti(list -> {
                    Set<String> tasks = new HashSet<>();
                    list.forEach(container -> {
                        if (hasRole(container, Names.ROLE_TASK)) {
                            tasks.add(task(container));
                        }
                    });
                    List<OwnedContainer> owned = new ArrayList<>();
                    for (JsonNode container : list) {
                        boolean shows = !hasRole(container, Names.ROLE_CHILD) || !tasks.contains(task(container));
                        if (shows && wanted.test(container)) {
                            owned.add(owned(container));
                        }
                    }
                    return Multi.createFrom().iterable(owned);
                });
    }

    private static boolean hasRole(JsonNode container, String role) {
        return container.path("Labels").path(Names.LABEL_ROLE).asText().equals(role);
    }

    private static String task(JsonNode container) {
        return container.path("Labels").path(Names.LABEL_TASK).asText();
    }

    private static OwnedContainer owned(JsonNode container) {
        return new OwnedContainer(
                new ContainerRef(task(container)),
                container.path("Id").asText(),
                switch (container.path("State").asText()) {
                    case "created", "initialized", "configured" -> OwnedContainer.State.PREPARED;
                    case "running", "paused", "stopping" -> OwnedContainer.State.RUNNING;
                    default -> OwnedContainer.State.ENDED;
                },
                container.path("Image").asText(),
                Instant.ofEpochSecond(container.path("Created").asLong()));
    }
}

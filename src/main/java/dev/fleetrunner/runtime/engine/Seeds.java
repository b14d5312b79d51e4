package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.engine.TaskVolumes.Volume;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Puts files of ours into volumes through the engine's API, so that nothing depends on a path that both this process
 * and the engine's machine can see.
 *
 * <p>Two things need it: the volume with {@code fleet-init}, which all containers mount read-only, and directories that
 * must belong to the task's user ({@link VolumeOwners} says when). Those come from a seed: a container that is never
 * started, made from an image that holds nothing but empty directories of the right owner ({@link SeedImages}). A new
 * volume gets the owner of the directory it covers and what that holds, which are the places where others are mounted. The
 * task takes its volumes from the seed; those that it may only read have a seed of their own.
 */
final class Seeds {
    private static final Pattern INIT_VOLUME = Pattern.compile("fleetrunner-init-[0-9a-f]{12}");
    private static final SeedImages.Directories ROOTS = new SeedImages.Directories("0:0", Set.of());
    private static final Duration YOUNG = Duration.ofDays(1);
    /** Where Podman has what Docker has not. */
    private static final String LIBPOD = "/v4.0.0/libpod";

    private static final int SMALL_LIMIT = 1024;
    private static final int PRUNED_RETRIES = 5;

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final Mark mark;
    private final InitBinary init;
    private final SeedImages images;
    private final Once<Void> filled = new Once<>(this::fillInit);

    Seeds(EngineClient client, String api, Dialect dialect, Mark mark, InitBinary init) {
        this.client = client;
        this.api = api;
        this.dialect = dialect;
        this.mark = mark;
        this.init = init;
        this.images = new SeedImages(client, api);
    }

    /** The name of the volume that holds {@code fleet-init}. */
    String initVolume() {
        return "fleetrunner-init-" + init.digest();
    }

    /** Makes sure that the init volume is there and filled; operators prune volumes, so every task looks. */
    Uni<Void> ensureInit() {
        return client.get(api + "/volumes/" + initVolume())
                .onItem()
                .transformToUni(answer -> (answer.ok() ? filled : filled.again()).get());
    }

    /** Fills the volume through a container that is never started. */
    private Uni<Void> fillInit() {
        var helper = new ContainerRef("fill-" + UUID.randomUUID());
        String filler = api + "/containers/" + Names.container(helper);
        return create(helper, Names.container(helper), List.of(volume(initVolume(), false)), ROOTS)
                .map(answer -> answer.orFail(ENGINE_FAILED, "the init volume cannot be made"))
                .chain(() -> client.head(filler + "/archive?path=" + Names.INIT))
                .onItem()
                .transformToUni(present -> present.ok()
                        ? Uni.createFrom().item(present)
                        : client.sendTar(
                                HttpMethod.PUT,
                                filler + "/archive?path=" + Names.INIT_DIRECTORY,
                                new Tar().file("fleet-init", init.bytes(), 0755).toBuffer()))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the init volume cannot be filled"))
                .onTermination()
                .call(() -> client.delete(filler + "?force=true"))
                .replaceWithVoid();
    }

    /** Makes the seeds of a task's volumes, which belong to this user then. Those of an earlier attempt answer 409. */
    Uni<EngineAnswer> plant(ContainerRef ref, TaskVolumes volumes, String user) {
        var directories = new SeedImages.Directories(user, volumes.paths());
        List<Volume> readOnly = volumes.all(true);
        List<Volume> writable = volumes.all(false);
        return writable.isEmpty()
                ? plant(Names.readOnlySeed(ref), ref, readOnly, directories)
                : plant(Names.seed(ref), ref, writable, directories)
                        .chain(answer -> answer.ok() && !readOnly.isEmpty()
                                ? plant(Names.readOnlySeed(ref), ref, readOnly, directories)
                                : Uni.createFrom().item(answer));
    }

    private Uni<EngineAnswer> plant(
            String name, ContainerRef ref, List<Volume> volumes, SeedImages.Directories directories) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(volume(initVolume(), true));
        // A seed can write to all its volumes: what the task may only read is filled through it.
        volumes.forEach(
                volume -> mounts.add(CreateRequest.volume(new Volume(volume.target(), volume.source(), false))));
        return create(ref, name, mounts, directories)
                .chain(answer -> answer.ok() && dialect.seedsMustBeInitialised()
                        ? client.post(LIBPOD + "/containers/" + name + "/init", null)
                        : Uni.createFrom().item(answer));
    }

    private Uni<EngineAnswer> create(
            ContainerRef ref, String name, List<Map<String, Object>> mounts, SeedImages.Directories directories) {
        return create(ref, name, mounts, directories, PRUNED_RETRIES);
    }

    /** Another runner's tidying, or an operator's pruning, may take the image between its import and its use. */
    private Uni<EngineAnswer> create(
            ContainerRef ref,
            String name,
            List<Map<String, Object>> mounts,
            SeedImages.Directories directories,
            int retries) {
        return images.with(directories)
                .chain(image -> client.post(
                        api + "/containers/create?name=" + name, container(mark, image, ref.taskId(), mounts)))
                .chain(answer -> {
                    if (answer.status() != 404 || retries == 0) {
                        return Uni.createFrom().item(answer);
                    }
                    images.pruned(directories);
                    return create(ref, name, mounts, directories, retries - 1);
                });
    }

    /** A container that is never started; it has what its being initialised takes. */
    static Map<String, Object> container(Mark mark, String image, String task, List<Map<String, Object>> mounts) {
        return Map.of(
                "Image", image,
                "Entrypoint", List.of(Names.INIT),
                "Cmd", List.of("never-started"),
                "Labels", mark.labels(task, Names.ROLE_SEED),
                "HostConfig",
                        Map.of(
                                "NetworkMode",
                                "none",
                                "Ulimits",
                                List.of(ulimit("nofile"), ulimit("nproc")),
                                "Mounts",
                                mounts));
    }

    private static Map<String, Object> ulimit(String name) {
        return Map.of("Name", name, "Soft", SMALL_LIMIT, "Hard", SMALL_LIMIT);
    }

    private static Map<String, Object> volume(String name, boolean readOnly) {
        return Map.of("Type", "volume", "Source", name, "Target", Names.INIT_DIRECTORY, "ReadOnly", readOnly);
    }

    /** Removes what of ours nothing uses any more: images, and init volumes of other versions. */
    Uni<Void> tidy() {
        return images.tidy()
                .chain(() -> client.get(api + "/volumes"))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the volumes cannot be listed")
                        .json()
                        .path("Volumes"))
                .onItem()
                .transformToMulti(volumes -> Multi.createFrom().iterable(volumes))
                .filter(volume -> isLeftOver(volume, initVolume(), Instant.now()))
                .onItem()
                // The engine refuses those that a container has.
                .transformToUniAndConcatenate(volume ->
                        client.delete(api + "/volumes/" + volume.path("Name").asText()))
                .onItem()
                .ignoreAsUni();
    }

    /** Another version's runner may have looked for its volume just now and be about to use it: a young one is left. */
    static boolean isLeftOver(JsonNode volume, String own, Instant now) {
        String name = volume.path("Name").asText();
        return INIT_VOLUME.matcher(name).matches()
                && !name.equals(own)
                && OffsetDateTime.parse(volume.path("CreatedAt").asText())
                        .toInstant()
                        .plus(YOUNG)
                        .isBefore(now);
    }
}

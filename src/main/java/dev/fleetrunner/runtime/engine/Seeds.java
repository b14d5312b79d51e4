package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.runtime.ContainerRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts files of ours into volumes through the engine's API, so that nothing depends on a path that both this process
 * and the engine's machine can see.
 *
 * <p>Two things need it: the volume with {@code fleet-init}, which all containers mount read-only, and directories that
 * must belong to the task's user ({@link VolumeOwners} says when). Those come from a seed: a container that is never
 * started, made from an image that holds nothing but empty directories of the right owner. A new volume gets the owner of
 * the directory it covers, and the task takes its volumes from the seed.
 */
final class Seeds {
    private static final String REPOSITORY = "localhost/fleetrunner-seed";
    /** Where Podman has what Docker has not. */
    private static final String LIBPOD = "/v4.0.0/libpod";

    private static final int SMALL_LIMIT = 1024;

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final String instance;
    private final InitBinary init;
    private final Map<String, Once<String>> images = new ConcurrentHashMap<>();
    private final Once<Void> filled = new Once<>(this::fillInit);

    Seeds(EngineClient client, String api, Dialect dialect, String instance, InitBinary init) {
        this.client = client;
        this.api = api;
        this.dialect = dialect;
        this.instance = instance;
        this.init = init;
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
        return image(0, 0)
                .onItem()
                .transformToUni(image -> client.post(
                        api + "/containers/create?name=" + Names.container(helper),
                        container(instance, image, helper.taskId(), List.of(volume(initVolume(), false)))))
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

    /** Makes the seed of a task: volumes at these paths that belong to this user. An older one answers 409. */
    Uni<EngineAnswer> plant(ContainerRef ref, List<String> paths, int uid, int gid) {
        return create(ref, paths, uid, gid)
                .chain(answer -> {
                    if (answer.status() != 404) {
                        return Uni.createFrom().item(answer);
                    }
                    // The image was pruned since we made it.
                    images.remove(key(uid, gid));
                    return create(ref, paths, uid, gid);
                })
                .chain(answer -> answer.ok() && dialect.seedsMustBeInitialised()
                        ? client.post(LIBPOD + "/containers/" + Names.seed(ref) + "/init", null)
                        : Uni.createFrom().item(answer));
    }

    private Uni<EngineAnswer> create(ContainerRef ref, List<String> paths, int uid, int gid) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(volume(initVolume(), true));
        paths.forEach(path -> mounts.add(Map.of("Type", "volume", "Target", path)));
        return image(uid, gid)
                .chain(image -> client.post(
                        api + "/containers/create?name=" + Names.seed(ref),
                        container(instance, image, ref.taskId(), mounts)));
    }

    /** A container that is never started; it has what its being initialised takes. */
    static Map<String, Object> container(String instance, String image, String task, List<Map<String, Object>> mounts) {
        return Map.of(
                "Image", image,
                "Entrypoint", List.of(Names.INIT),
                "Cmd", List.of("never-started"),
                "Labels",
                        Map.of(
                                Names.LABEL_TASK, task,
                                Names.LABEL_INSTANCE, instance,
                                Names.LABEL_ROLE, Names.ROLE_SEED),
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

    private Uni<String> image(int uid, int gid) {
        return images.computeIfAbsent(key(uid, gid), key -> new Once<>(() -> importImage(uid, gid)))
                .get();
    }

    private static String key(int uid, int gid) {
        return uid + "-" + gid;
    }

    /** One repository an owner, as Podman's import knows no tag but the latest. */
    private Uni<String> importImage(int uid, int gid) {
        String repository = REPOSITORY + "-" + key(uid, gid);
        return client.get(api + "/images/" + repository + "/json")
                .onItem()
                .transformToUni(present -> present.ok()
                        ? Uni.createFrom().item(present)
                        : client.sendTar(
                                HttpMethod.POST,
                                api + "/images/create?fromSrc=-&repo=" + repository + "&tag=latest",
                                emptyDirectories(uid, gid)))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the seed image cannot be imported"))
                .replaceWith(repository + ":latest");
    }

    private static Buffer emptyDirectories(int uid, int gid) {
        var tar = new Tar();
        for (String path : List.of("home", Names.WORKSPACE.substring(1), Names.HOME.substring(1))) {
            tar.directory(path, uid, gid, 0755);
        }
        return tar.toBuffer();
    }
}

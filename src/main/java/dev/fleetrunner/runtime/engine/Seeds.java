package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.runtime.ContainerRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts files of ours into volumes through the engine's API, so that nothing depends on a path that both this process
 * and the engine's machine can see.
 *
 * <p>Two things need it: the volume with {@code fleet-init}, which all containers mount read-only, and, on Docker, the
 * directories that must belong to the task's user. Those come from a seed: a container that is never started, made from
 * an image that holds nothing but empty directories of the right owner. Docker gives a new volume the owner of the
 * directory it covers, and the task takes its volumes from the seed.
 */
final class Seeds {
    private static final String REPOSITORY = "localhost/fleetrunner-seed";

    private final EngineClient client;
    private final String api;
    private final String instance;
    private final InitBinary init;
    private final Map<String, Once<String>> images = new ConcurrentHashMap<>();
    private final Once<Void> filled = new Once<>(this::fillInit);

    Seeds(EngineClient client, String api, String instance, InitBinary init) {
        this.client = client;
        this.api = api;
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
        String filler = api + "/containers/fleetrunner-fill-" + UUID.randomUUID();
        return image(0, 0)
                .onItem()
                .transformToUni(image -> client.post(
                        filler.replace("/containers/", "/containers/create?name="),
                        container(image, "fill", List.of(volume(initVolume(), Names.INIT_DIRECTORY)))))
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
        return create(ref, paths, uid, gid).onItem().transformToUni(answer -> {
            if (answer.status() != 404) {
                return Uni.createFrom().item(answer);
            }
            // The image was pruned since we made it.
            images.remove(key(uid, gid));
            return create(ref, paths, uid, gid);
        });
    }

    private Uni<EngineAnswer> create(ContainerRef ref, List<String> paths, int uid, int gid) {
        return image(uid, gid)
                .onItem()
                .transformToUni(image -> client.post(
                        api + "/containers/create?name=" + Names.seed(ref),
                        container(
                                image,
                                ref.taskId(),
                                paths.stream()
                                        .map(path -> Map.of("Type", "volume", "Target", path))
                                        .toList())));
    }

    private Map<String, Object> container(String image, String task, List<Map<String, String>> mounts) {
        return Map.of(
                "Image", image,
                "Cmd", List.of("never-started"),
                "Labels",
                        Map.of(
                                Names.LABEL_TASK, task,
                                Names.LABEL_INSTANCE, instance,
                                Names.LABEL_ROLE, Names.ROLE_SEED),
                "HostConfig", Map.of("NetworkMode", "none", "Mounts", mounts));
    }

    private static Map<String, String> volume(String name, String target) {
        return Map.of("Type", "volume", "Source", name, "Target", target);
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

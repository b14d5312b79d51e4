package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Knows whether a task's user could write to its new volumes without a seed. Podman gives a new volume the owner of the
 * directory that it covers in the image, and to the container's user only where the image has none; Docker gives it to root.
 */
final class VolumeOwners {
    private static final int TAR_HEADER = 512;
    private static final String NOBODY = "";

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final String instance;
    private final Map<String, Once<Map<String, String>>> owners = new ConcurrentHashMap<>();

    VolumeOwners(EngineClient client, String api, Dialect dialect, String instance) {
        this.client = client;
        this.api = api;
        this.dialect = dialect;
        this.instance = instance;
    }

    /**
     * Whether the volumes must come from a seed. Looks into an image once.
     *
     * @param digest of the spec's image
     */
    Uni<Boolean> needSeed(ContainerSpec spec, String digest, List<String> paths) {
        if (paths.isEmpty() || dialect == Dialect.DOCKER) {
            return Uni.createFrom().item(!paths.isEmpty());
        }
        return owners.computeIfAbsent(digest, key -> new Once<>(() -> look(spec.image())))
                .get()
                .map(found -> paths.stream()
                        .map(found::get)
                        .anyMatch(owner -> !owner.equals(NOBODY) && !owner.equals(spec.user())));
    }

    private Uni<Map<String, String>> look(String image) {
        var helper = new ContainerRef("look-" + UUID.randomUUID());
        String name = Names.container(helper);
        String uri = api + "/containers/" + name;
        return client.post(
                        api + "/containers/create?name=" + name,
                        Seeds.container(instance, image, helper.taskId(), List.of()))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the image " + image + " cannot be looked into"))
                .chain(() -> Uni.combine()
                        .all()
                        .unis(owner(uri, Names.WORKSPACE), owner(uri, Names.HOME))
                        .with((workspace, home) -> Map.of(Names.WORKSPACE, workspace, Names.HOME, home)))
                .onTermination()
                .call(() -> client.delete(uri + "?force=true"));
    }

    /** The owner of a directory, or nobody if it is not there: it is in the first header of the directory's tar. */
    private Uni<String> owner(String uri, String path) {
        return client.stream(HttpMethod.GET, uri + "/archive?path=" + path, Map.of())
                .chain(stream -> stream.status() == 404
                        ? stream.whole().replaceWith(NOBODY)
                        : stream.orFail(ENGINE_FAILED, path + " of the image cannot be read")
                                .onItem()
                                .transformToMulti(found -> header(found.body()))
                                .toUni()
                                .map(VolumeOwners::ownerOf));
    }

    private static Multi<Buffer> header(Multi<Buffer> tar) {
        return tar.onItem()
                .scan(Buffer::buffer, Buffer::appendBuffer)
                .select()
                .where(read -> read.length() >= TAR_HEADER)
                .select()
                .first();
    }

    private static String ownerOf(Buffer tar) {
        var entry = new TarArchiveEntry(tar.getBytes(0, TAR_HEADER));
        return entry.getLongUserId() + ":" + entry.getLongGroupId();
    }
}

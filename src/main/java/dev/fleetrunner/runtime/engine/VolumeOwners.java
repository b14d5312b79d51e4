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
import java.util.Map.Entry;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Knows whether a task's user could write to its new volumes without a seed. Both engines give a new volume the owner of
 * the directory that it covers in the image, and what is in it; where the image has none, Podman gives it to the
 * container's user and Docker to root.
 *
 * <p>Docker tells who owns a directory of an image. Podman does not: its archive call says of every file that it is the
 * container's user's. What can be known there is whether the directory is there, and who the image's user is.
 */
final class VolumeOwners {
    private static final int TAR_HEADER = 512;
    private static final String NOBODY = "";
    private static final String READ_ONLY = "nobody may write there";
    /** The owner may make files in it. */
    private static final int WRITABLE = 0300;

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final String instance;
    private final Map<Places, Once<Map<String, String>>> owners = new ConcurrentHashMap<>();

    /** Directories of an image. */
    private record Places(String digest, Set<String> paths) {}

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
    Uni<Boolean> needSeed(ContainerSpec spec, String digest, TaskVolumes volumes) {
        if (volumes.all().isEmpty()) {
            return Uni.createFrom().item(false);
        }
        // Directories on the way to a mount below a volume would be root's; in one that is read-only there would be
        // none.
        if (!volumes.mountPoints().isEmpty()
                || !dialect.fillsReadOnlyVolumes() && !volumes.all(true).isEmpty()) {
            return Uni.createFrom().item(true);
        }
        Set<String> paths = volumes.paths();
        return owners.computeIfAbsent(new Places(digest, paths), key -> new Once<>(() -> look(spec.image(), paths)))
                .get()
                .map(found -> found.entrySet().stream().anyMatch(place -> !fits(place, spec.user())));
    }

    /** In a work place a task finds what its image has there; at any other target only what the spec puts there. */
    private boolean fits(Entry<String, String> place, String user) {
        boolean workPlace =
                place.getKey().equals(Names.WORKSPACE) || place.getKey().equals(Names.HOME);
        return place.getValue().equals(NOBODY)
                ? dialect.givesNewVolumesToTheUser()
                : workPlace && place.getValue().equals(user);
    }

    private Uni<Map<String, String>> look(String image, Set<String> paths) {
        var helper = new ContainerRef("look-" + UUID.randomUUID());
        String name = Names.container(helper);
        String uri = api + "/containers/" + name;
        return client.post(
                        api + "/containers/create?name=" + name,
                        Seeds.container(instance, image, helper.taskId(), List.of()))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the image " + image + " cannot be looked into"))
                .onItem()
                .transformToMulti(made -> Multi.createFrom().iterable(paths))
                .onItem()
                .transformToUniAndMerge(path -> owner(uri, path).map(owner -> Map.entry(path, owner)))
                .collect()
                .asMap(Entry::getKey, Entry::getValue)
                .onTermination()
                .call(() -> client.delete(uri + "?force=true&v=true"));
    }

    /** As the engine tells it, in the first header of the directory's tar; nobody, if there is no such directory. */
    private Uni<String> owner(String uri, String path) {
        return client.stream(HttpMethod.GET, uri + "/archive?path=" + EngineClient.encode(path), Map.of())
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
        return (entry.getMode() & WRITABLE) == WRITABLE
                ? entry.getLongUserId() + ":" + entry.getLongGroupId()
                : READ_ONLY;
    }
}

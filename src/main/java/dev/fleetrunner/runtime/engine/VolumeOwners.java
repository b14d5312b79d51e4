package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.Arrays;
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
    private static final int TAR_BLOCK = 512;
    private static final String NOBODY = "";
    private static final String READ_ONLY = "nobody may write there";
    /** The owner may make files in it. */
    private static final int WRITABLE = 0300;

    private final EngineClient client;
    private final String api;
    private final Dialect dialect;
    private final Mark mark;
    private final Map<Places, Once<Map<String, Found>>> owners = new ConcurrentHashMap<>();

    /** Directories of an image. */
    private record Places(String digest, Set<String> paths) {}

    /**
     * What an image has at a path.
     *
     * @param owner {@code uid:gid}, or one of the words for none
     */
    private record Found(String owner, boolean empty) {
        static final Found NOTHING = new Found(NOBODY, true);
    }

    VolumeOwners(EngineClient client, String api, Dialect dialect, Mark mark) {
        this.client = client;
        this.api = api;
        this.dialect = dialect;
        this.mark = mark;
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
                .map(found ->
                        found.entrySet().stream().anyMatch(place -> !fits(place.getKey(), place.getValue(), spec)));
    }

    /** In a work place a task finds what its image has there; where something is mounted, nothing but that. */
    private boolean fits(String path, Found found, ContainerSpec spec) {
        if (found.owner().equals(NOBODY)) {
            return dialect.givesNewVolumesToTheUser();
        }
        boolean workPlace = path.equals(Names.WORKSPACE) || path.equals(Names.HOME);
        boolean mounted =
                spec.mounts().stream().anyMatch(mount -> mount.target().equals(path));
        return workPlace && found.owner().equals(spec.user()) && (found.empty() || !mounted);
    }

    private Uni<Map<String, Found>> look(String image, Set<String> paths) {
        var helper = new ContainerRef("look-" + UUID.randomUUID());
        String name = Names.container(helper);
        String uri = api + "/containers/" + name;
        return client.post(
                        api + "/containers/create?name=" + name,
                        Seeds.container(mark, image, helper.taskId(), List.of()))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the image " + image + " cannot be looked into"))
                .onItem()
                .transformToMulti(made -> Multi.createFrom().iterable(paths))
                .onItem()
                .transformToUniAndMerge(path -> at(uri, path).map(found -> Map.entry(path, found)))
                .collect()
                .asMap(Entry::getKey, Entry::getValue)
                .onTermination()
                .call(() -> client.delete(uri + "?force=true&v=true"));
    }

    /** The directory's tar tells it: its first entry is the directory, and behind that of an empty one come zeros. */
    private Uni<Found> at(String uri, String path) {
        return client.stream(HttpMethod.GET, uri + "/archive?path=" + EngineClient.encode(path))
                .chain(stream -> stream.status() == 404
                        ? stream.whole().replaceWith(Found.NOTHING)
                        : stream.orFail(ENGINE_FAILED, path + " of the image cannot be read")
                                .chain(found -> beginning(found.body()).toUni())
                                .map(VolumeOwners::found));
    }

    private static Multi<Buffer> beginning(Multi<Buffer> tar) {
        return tar.onItem()
                .scan(Buffer::buffer, Buffer::appendBuffer)
                .select()
                .where(read -> read.length() >= 2 * TAR_BLOCK)
                .select()
                .first();
    }

    private static Found found(Buffer tar) {
        var entry = new TarArchiveEntry(tar.getBytes(0, TAR_BLOCK));
        String owner = (entry.getMode() & WRITABLE) == WRITABLE
                ? entry.getLongUserId() + ":" + entry.getLongGroupId()
                : READ_ONLY;
        return new Found(owner, Arrays.equals(tar.getBytes(TAR_BLOCK, 2 * TAR_BLOCK), new byte[TAR_BLOCK]));
    }
}

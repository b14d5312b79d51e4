package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Images that hold nothing but empty directories of one owner; made when they are asked for. */
final class SeedImages {
    private static final String REPOSITORY = "localhost/fleetrunner-seed-";
    /** What nearly every task has; images with more are named after it. */
    private static final Set<String> USUAL = Set.of(Names.WORKSPACE, Names.HOME);

    private static final String LATEST = ":latest";
    private static final String NO_NAME = "<none>:<none>";
    private static final String LABEL = EngineClient.encode("LABEL " + Names.LABEL_ROLE + "=" + Names.ROLE_SEED);
    private static final int DIGEST = 12;
    private static final int LISTING_RETRIES = 5;

    private final EngineClient client;
    private final String api;
    private final Map<String, Once<String>> images = new ConcurrentHashMap<>();
    private volatile Set<String> used = ConcurrentHashMap.newKeySet();

    SeedImages(EngineClient client, String api) {
        this.client = client;
        this.api = api;
    }

    /**
     * The directories of an image, the work places besides.
     *
     * @param user {@code uid:gid}, whose they are
     */
    record Directories(String user, Set<String> paths) {

        /** One repository for each, as Podman's import knows no tag but the latest. */
        String repository() {
            Set<String> more = new TreeSet<>(paths);
            more.removeAll(USUAL);
            String name = REPOSITORY + user.replace(':', '-');
            return more.isEmpty() ? name : name + "-" + digest(String.join("\n", more));
        }

        private static String digest(String text) {
            return DigestUtils.sha256Hex(text).substring(0, DIGEST);
        }

        private Buffer toTar() {
            Set<String> all = new TreeSet<>();
            for (Set<String> some : List.of(USUAL, paths)) {
                for (String path : some) {
                    for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
                        all.add(path.substring(1, end));
                    }
                    all.add(path.substring(1));
                }
            }
            String[] ids = user.split(":");
            var tar = new Tar();
            all.forEach(path -> tar.directory(path, Integer.parseInt(ids[0]), Integer.parseInt(ids[1]), 0755));
            return tar.toBuffer();
        }
    }

    /** The name of an image with these directories. */
    Uni<String> with(Directories directories) {
        String repository = directories.repository();
        used.add(repository);
        return images.computeIfAbsent(repository, key -> new Once<>(() -> importImage(repository, directories)))
                .get();
    }

    /** The engine does not have it any more: the next who asks makes it again. */
    void pruned(Directories directories) {
        images.remove(directories.repository());
    }

    private Uni<String> importImage(String repository, Directories directories) {
        return client.get(api + "/images/" + repository + "/json")
                .onItem()
                .transformToUni(present -> present.ok()
                        ? Uni.createFrom().item(present)
                        : client.sendTar(
                                HttpMethod.POST,
                                api + "/images/create?fromSrc=-&repo=" + repository + "&tag=latest&changes=" + LABEL,
                                directories.toTar()))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the seed image cannot be imported"))
                .replaceWith(repository + LATEST);
    }

    /** Removes those that no container has and that were not asked for since the last time. */
    Uni<Void> tidy() {
        Set<String> recent = used;
        used = ConcurrentHashMap.newKeySet();
        return client.get(api + "/images/json")
                .map(answer -> answer.orFail(ENGINE_FAILED, "the images cannot be listed")
                        .json())
                // Podman fails a listing during which somebody removes an image.
                .onFailure()
                .retry()
                .atMost(LISTING_RETRIES)
                .onItem()
                .transformToMulti(list -> Multi.createFrom().iterable(ours(list)))
                .filter(name -> !recent.contains(name))
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .onItem()
                .ignoreAsUni();
    }

    /** Without force, so that the engine refuses what a container has. */
    private Uni<EngineAnswer> remove(String name) {
        return client.delete(api + "/images/" + name).invoke(answer -> {
            if (answer.ok()) {
                images.remove(name);
            }
        });
    }

    /** Repositories, and ids of those that lost their name to another import at the same time. */
    private static List<String> ours(JsonNode list) {
        List<String> ours = new ArrayList<>();
        for (JsonNode image : list) {
            for (JsonNode tag : image.path("RepoTags")) {
                String name = tag.asText();
                if (name.startsWith(REPOSITORY) && name.endsWith(LATEST)) {
                    ours.add(name.substring(0, name.length() - LATEST.length()));
                }
            }
            boolean seed = image.path("Labels").path(Names.LABEL_ROLE).asText().equals(Names.ROLE_SEED);
            if (seed && image.path("RepoTags").path(0).asText(NO_NAME).equals(NO_NAME)) {
                ours.add(image.path("Id").asText());
            }
        }
        return ours;
    }
}

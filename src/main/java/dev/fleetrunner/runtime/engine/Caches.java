package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.KeptCache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The directories that are kept between tasks: named volumes, which engines leave alone when they remove a container. */
final class Caches {
    private static final int CONFLICT = 409;
    private static final int NOT_THERE = 404;

    private final EngineClient client;
    private final String api;
    private final String instance;
    private final String prefix;
    private final Map<String, Integer> wanted = new ConcurrentHashMap<>();

    Caches(EngineClient client, String api, String instance) {
        this.client = client;
        this.api = api;
        this.instance = instance;
        this.prefix = Names.cachePrefix(instance);
    }

    /**
     * Makes the spec's caches where they are not there yet, then does the work. Until that is done they are in use, as from
     * then on the container has them.
     */
    <T> Uni<T> with(ContainerSpec spec, Uni<T> work) {
        List<String> keys = spec.mounts().stream()
                .filter(MountSpec.Cache.class::isInstance)
                .map(mount -> ((MountSpec.Cache) mount).key())
                .toList();
        if (keys.isEmpty()) {
            return work;
        }
        return Multi.createFrom()
                .iterable(keys)
                .invoke(key -> wanted.merge(key, 1, Integer::sum))
                .collect()
                .asList()
                .onItem()
                .transformToMulti(held -> Multi.createFrom().iterable(held))
                .onItem()
                .transformToUniAndConcatenate(this::make)
                .onItem()
                .ignoreAsUni()
                .chain(() -> work)
                .onTermination()
                .invoke(() -> keys.forEach(
                        key -> wanted.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1)));
    }

    /** Both engines answer with the volume that is there, if it is. Podman labels only what is made so. */
    private Uni<EngineAnswer> make(String key) {
        return client.post(
                        api + "/volumes/create",
                        Map.of(
                                "Name",
                                prefix + key,
                                "Labels",
                                Map.of(Names.LABEL_INSTANCE, instance, Names.LABEL_ROLE, Names.ROLE_CACHE)))
                .map(answer -> answer.orFail(ENGINE_FAILED, "the cache's volume cannot be made"))
                // Podman may fail one of two that come at once, and has it when that one asks again.
                .onFailure()
                .retry()
                .atMost(1);
    }

    /** Removes a cache if no container has it and none is being made with it. */
    Uni<Boolean> remove(String key) {
        return Uni.createFrom()
                .deferred(() -> wanted.containsKey(key)
                        ? Uni.createFrom().item(false)
                        : client.delete(api + "/volumes/" + prefix + key).map(answer -> {
                            if (answer.status() == CONFLICT) {
                                return false;
                            }
                            if (answer.status() != NOT_THERE) {
                                answer.orFail(ENGINE_FAILED, "the cache's volume cannot be removed");
                            }
                            return true;
                        }));
    }

    /** All of the instance. */
    Multi<KeptCache> all() {
        String filter = EngineClient.encode("{\"label\":[\"" + Names.LABEL_INSTANCE + "=" + instance + "\"]}");
        return client.get(api + "/volumes?filters=" + filter)
                .map(answer -> ours(answer.orFail(ENGINE_FAILED, "the volumes cannot be listed")
                        .json()
                        .path("Volumes")))
                .onItem()
                .transformToMulti(volumes -> volumes.isEmpty()
                        ? Multi.createFrom().empty()
                        : sizes().onItem()
                                .transformToMulti(sizes ->
                                        Multi.createFrom().iterable(volumes).map(volume -> read(volume, sizes))));
    }

    private List<JsonNode> ours(JsonNode volumes) {
        List<JsonNode> ours = new ArrayList<>();
        for (JsonNode volume : volumes) {
            boolean cache =
                    volume.path("Labels").path(Names.LABEL_ROLE).asText().equals(Names.ROLE_CACHE);
            if (cache && volume.path("Name").asText().startsWith(prefix)) {
                ours.add(volume);
            }
        }
        return ours;
    }

    /** The engine measures all its volumes for this; it refuses to do so twice at once. */
    private Uni<Map<String, Long>> sizes() {
        return client.await(HttpMethod.GET, api + "/system/df?type=volume").map(answer -> {
            Map<String, Long> sizes = new HashMap<>();
            if (answer.ok()) {
                for (JsonNode volume : answer.json().path("Volumes")) {
                    JsonNode size = volume.path("UsageData").path("Size");
                    if (size.isNumber() && size.asLong() >= 0) {
                        sizes.put(volume.path("Name").asText(), size.asLong());
                    }
                }
            }
            return sizes;
        });
    }

    private KeptCache read(JsonNode volume, Map<String, Long> sizes) {
        String name = volume.path("Name").asText();
        Instant created =
                OffsetDateTime.parse(volume.path("CreatedAt").asText()).toInstant();
        return new KeptCache(name.substring(prefix.length()), sizes.get(name), created);
    }
}

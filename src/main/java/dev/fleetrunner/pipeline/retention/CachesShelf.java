package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.runtime.KeptCache;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.workspace.Cache;
import dev.fleetrunner.workspace.Caches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Directories that tasks keep for the next ones: the register knows when each was last used, the runtimes have them. One
 * that a runtime which is down may have stays in the register. What a runtime has and the register has not, nobody can
 * ask for any more: it is as old as its making.
 */
public record CachesShelf(Caches register, Runtimes runtimes) implements Shelf {

    @Override
    public String kind() {
        return "caches";
    }

    @Override
    public Multi<Kept> kept() {
        return register.list().onItem().transformToMulti(known -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().iterable(known).map(cache -> new Kept(cache.key(), cache.lastUsed(), 0)),
                        unregistered(known.stream().map(Cache::key).collect(Collectors.toSet()))));
    }

    private Multi<Kept> unregistered(Set<String> known) {
        return Multi.createFrom()
                .iterable(runtimes.all())
                .onItem()
                .transformToMultiAndConcatenate(
                        runtime -> runtime.caches().onFailure().recoverWithCompletion())
                .filter(cache -> !known.contains(cache.key()))
                // Two services on one storage tell of the same.
                .select()
                .distinct(Comparator.comparing(KeptCache::key))
                .map(cache ->
                        new Kept(cache.key(), cache.createdAt(), cache.sizeBytes() == null ? 0 : cache.sizeBytes()));
    }

    @Override
    public Uni<Boolean> remove(String key) {
        return Multi.createFrom()
                .iterable(runtimes.all())
                .onItem()
                .transformToUniAndConcatenate(runtime -> runtime.removeCache(key))
                .collect()
                .asList()
                // None is known yet, right after the start: one of them may have it.
                .chain(removed -> removed.isEmpty() || removed.contains(false)
                        ? Uni.createFrom().item(false)
                        : register.forget(key).replaceWith(true));
    }
}

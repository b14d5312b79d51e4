package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.files.TaskFiles;
import dev.fleetrunner.store.TaskIndex;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Files that belong to tasks, in a directory for each. Those of a task that is not over are in use; those of a task that
 * is not there are orphans.
 *
 * @param walk all directories, as they are asked for
 * @param delete removes one task's; gives false if somebody uses it
 */
public record TaskFilesShelf(
        String kind, TaskIndex index, Supplier<Multi<TaskFiles>> walk, Function<String, Uni<Boolean>> delete)
        implements Shelf {

    @Override
    public Multi<Kept> kept() {
        return walk.get().map(files -> new Kept(files.taskId(), files.lastWritten(), files.bytes()));
    }

    @Override
    public Uni<Boolean> remove(String id) {
        return index.get(id)
                .chain(row -> row.isPresent() && !row.get().status().terminal()
                        ? Uni.createFrom().item(false)
                        : delete.apply(id));
    }

    @Override
    public Uni<Boolean> orphaned(String id) {
        return index.get(id).map(row -> row.isEmpty());
    }
}

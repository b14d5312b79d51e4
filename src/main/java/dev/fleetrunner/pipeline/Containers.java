package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.pipeline.Orphans.Orphan;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.runtime.OwnedContainer;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The use case of what is on the runtimes: the containers of tasks, and those that no task wants any more. */
public final class Containers {
    private final Occupancy occupancy;
    private final Orphans orphans;
    private final Access access;

    Containers(Occupancy occupancy, Orphans orphans, Access access) {
        this.occupancy = occupancy;
        this.orphans = orphans;
        this.access = access;
    }

    /**
     * A container whose task is over, or was never written down; the sweep removes it, too.
     *
     * @param taskId the task that it was made for
     * @param runtime where it is
     */
    public record Orphaned(
            String taskId,
            String runtime,
            String containerId,
            OwnedContainer.State state,
            String image,
            Instant createdAt) {

        private static Orphaned of(Orphan orphan) {
            OwnedContainer container = orphan.container();
            return new Orphaned(
                    container.ref().taskId(),
                    orphan.runtime().name(),
                    container.containerId(),
                    container.state(),
                    container.image(),
                    container.createdAt());
        }
    }

    /** The tasks that have a container or are getting one, and that the caller sees. */
    public List<ActiveTask> running(Caller caller) {
        return occupancy.running(caller);
    }

    /** What is orphaned, on every runtime that answers; nothing for a caller that sees only what is its own. */
    public Uni<List<Orphaned>> orphaned(Caller caller) {
        return caller.role().seesAll()
                ? orphans.find().map(Orphaned::of).collect().asList()
                : Uni.createFrom().item(List.of());
    }

    /** What is said where a task has no container that is left over. */
    public static Refusal noOrphan(String taskId) {
        return Refusal.of(CauseCode.NOT_FOUND.because("task " + taskId + " has no container that is left over"));
    }

    /**
     * Removes an orphaned container now. Refused with {@code NOT_FOUND} if the task has none, or is not over, with
     * {@code FORBIDDEN} for a role that may not end the tasks of others.
     */
    public Uni<Void> remove(Caller caller, String taskId) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> access.toChangeAll(caller, "remove containers"))
                .onItem()
                .transformToMulti(allowed -> orphans.find())
                .filter(orphan -> orphan.container().ref().taskId().equals(taskId))
                .collect()
                .asList()
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().failure(noOrphan(taskId))
                        : Uni.join()
                                .all(found.stream()
                                        .map(orphan -> orphan.runtime()
                                                .remove(orphan.container().ref()))
                                        .toList())
                                .andFailFast()
                                .replaceWithVoid());
    }
}

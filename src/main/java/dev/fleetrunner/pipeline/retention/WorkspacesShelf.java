package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Uploaded workspaces; one that a task is being made ready with is in use. */
public record WorkspacesShelf(WorkspaceStore workspaces) implements Shelf {

    @Override
    public String kind() {
        return "workspaces";
    }

    @Override
    public Multi<Kept> kept() {
        return workspaces
                .list()
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .map(workspace -> new Kept(workspace.id(), workspace.lastUsed(), workspace.keptBytes()));
    }

    @Override
    public Uni<Boolean> remove(String id) {
        return workspaces.delete(id);
    }
}

package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Act;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.workspace.Added;
import dev.fleetrunner.workspace.Workspace;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * The use cases of workspaces. They belong to nobody: the same content is one workspace, whoever uploads it. So an
 * agent, who sees what is its own, is not told which there are, and does not remove what others may want.
 */
public final class SharedWorkspaces {
    private final WorkspaceStore store;
    private final Audit audit;
    private final Access access;

    public SharedWorkspaces(WorkspaceStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
        this.access = new Access(audit);
    }

    /** As {@link WorkspaceStore#add}. */
    public Uni<Added> add(Caller caller, Multi<Buffer> upload) {
        return Uni.createFrom().deferred(() -> {
            access.toSubmit(caller);
            return store.add(upload)
                    .call(added -> audit.record(Act.by(
                            caller,
                            AuditAction.WORKSPACE_UPLOAD,
                            added.workspace().id())));
        });
    }

    /** What is known of a workspace: every role may ask, as it must know the id, which only the content tells. */
    public Uni<Optional<Workspace>> find(String id) {
        return store.find(id);
    }

    /** All workspaces, the newest first. */
    public Uni<List<Workspace>> list(Caller caller) {
        return Uni.createFrom().deferred(() -> {
            access.toSeeAll(caller, "list workspaces");
            return store.list();
        });
    }

    /** As {@link WorkspaceStore#delete}. */
    public Uni<Boolean> delete(Caller caller, String id) {
        return Uni.createFrom().deferred(() -> {
            access.toChangeAll(caller, "delete workspaces");
            return store.delete(id)
                    .call(gone -> gone
                            ? audit.record(Act.by(caller, AuditAction.WORKSPACE_DELETE, id))
                            : Uni.createFrom().voidItem());
        });
    }
}

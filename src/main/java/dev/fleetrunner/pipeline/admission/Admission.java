package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.Read;
import dev.fleetrunner.json.SpecHash;
import dev.fleetrunner.json.SpecReader;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.policy.Denied;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.workspace.Workspace;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Executor;

/** The first stage: is the document a spec, can this service do what it asks for, and may the owner ask for it. */
public final class Admission {
    private final SpecReader reader = new SpecReader();
    private final MountRoots mountRoots;
    private final WorkspaceStore workspaces;
    private final Secrets secrets;
    private final String defaultImage;
    private final Executor worker;

    /**
     * @param defaultImage for specs that name none
     * @param worker for looking at the file system and reading large documents
     */
    public Admission(
            MountRoots mountRoots, WorkspaceStore workspaces, Secrets secrets, String defaultImage, Executor worker) {
        this.mountRoots = mountRoots;
        this.workspaces = workspaces;
        this.secrets = secrets;
        this.defaultImage = defaultImage;
        this.worker = worker;
    }

    /**
     * A spec that may run.
     *
     * @param hash of the spec as the caller wrote it, for telling repeats from changes
     */
    public record Admitted(TaskSpec spec, String hash) {}

    /** Reads and admits a document. Fails with {@link Refusal}, with every fault there is. */
    public Uni<Admitted> admit(byte[] document) {
        return Uni.createFrom()
                .item(() -> admitted(read(document)))
                .runSubscriptionOn(worker)
                .call(this::findWorkspaces)
                .call(this::findSecrets);
    }

    /** Admits a spec again, as the rules are now. Fails with {@link Refusal}. */
    public Uni<Admitted> admit(TaskSpec spec) {
        return Uni.createFrom()
                .item(() -> admitted(spec))
                .runSubscriptionOn(worker)
                .call(this::findWorkspaces)
                .call(this::findSecrets);
    }

    private TaskSpec read(byte[] document) {
        Read read = reader.read(document);
        if (read instanceof Read.Faulty faulty) {
            throw invalid(faulty.faults());
        }
        return ((Read.Ok) read).spec();
    }

    private static Refusal invalid(List<Fault> faults) {
        int count = faults.size();
        return Refusal.of(
                CauseCode.INVALID_SPEC,
                count == 1 ? "the spec has a fault" : "the spec has " + count + " faults",
                faults);
    }

    private Admitted admitted(TaskSpec spec) {
        List<Fault> paths = ArtifactPaths.faultsIn(spec);
        if (!paths.isEmpty()) {
            throw invalid(paths);
        }
        List<Fault> unsupported = Unsupported.in(spec);
        if (!unsupported.isEmpty()) {
            throw Refusal.of(
                    CauseCode.NOT_SUPPORTED,
                    "the spec asks for what this service cannot do: "
                            + unsupported.get(0).message(),
                    unsupported);
        }
        for (Mount mount : spec.mounts()) {
            if (mount instanceof Mount.Bind bind) {
                judge(bind);
            }
        }
        return new Admitted(spec.image() == null ? spec.withImage(defaultImage) : spec, SpecHash.of(spec));
    }

    private Uni<Void> findWorkspaces(Admitted admitted) {
        List<Mount> mounts = admitted.spec().mounts();
        return Multi.createFrom()
                .range(0, mounts.size())
                .filter(i -> mounts.get(i) instanceof Mount.Workspace)
                .onItem()
                .transformToUniAndConcatenate(i -> find((Mount.Workspace) mounts.get(i), "/mounts/" + i + "/source"))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> findSecrets(Admitted admitted) {
        return SecretFaults.in(admitted.spec(), secrets)
                .invoke(faults -> {
                    if (!faults.isEmpty()) {
                        throw invalid(faults);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Workspace> find(Mount.Workspace mount, String pointer) {
        return workspaces
                .find(mount.source())
                .map(found -> found.orElseThrow(() -> {
                    String missing = "there is no workspace " + mount.source();
                    var fault = new Fault(pointer, missing, "upload it again: POST /api/v1/workspaces tells its name");
                    return Refusal.of(CauseCode.MOUNT_INVALID, missing, List.of(fault));
                }));
    }

    private void judge(Mount.Bind bind) {
        try {
            mountRoots.judge(bind.source());
        } catch (Denied e) {
            throw Refusal.of(e.reason());
        }
    }
}

package dev.fleetrunner.pipeline.admission;

import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.json.Read;
import dev.fleetrunner.json.SpecHash;
import dev.fleetrunner.json.SpecReader;
import dev.fleetrunner.pipeline.Refusal;
import dev.fleetrunner.policy.Decision;
import dev.fleetrunner.policy.Denied;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.policy.PolicyInForce;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.workspace.Workspace;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The first stage: is the document a spec, can this service do what it asks for, and may the owner ask for it. */
public final class Admission {
    private final SpecReader reader = new SpecReader();
    private final PolicyInForce policy;
    private final WorkspaceStore workspaces;
    private final Secrets secrets;
    private final String defaultImage;
    private final Executor worker;

    /**
     * @param defaultImage for specs that name none
     * @param worker for looking at the file system and reading large documents
     */
    public Admission(
            PolicyInForce policy, WorkspaceStore workspaces, Secrets secrets, String defaultImage, Executor worker) {
        this.policy = policy;
        this.workspaces = workspaces;
        this.secrets = secrets;
        this.defaultImage = defaultImage;
        this.worker = worker;
    }

    /**
     * A spec that may run.
     *
     * @param spec as the policy changed it
     * @param hash of the spec as the caller wrote it, for telling repeats from changes
     * @param grant what the policy gave it
     */
    public record Admitted(TaskSpec spec, String hash, Grant grant) {}

    /** Reads and admits a document. Fails with {@link Refusal}, with every fault there is. */
    public Uni<Admitted> admit(Caller caller, byte[] document) {
        return admit(caller, () -> read(document));
    }

    /** Admits a spec again, as the rules are now. Fails with {@link Refusal}. */
    public Uni<Admitted> admit(Caller caller, TaskSpec spec) {
        return admit(caller, () -> spec);
    }

    private Uni<Admitted> admit(Caller caller, Supplier<TaskSpec> spec) {
        return Uni.createFrom()
                .item(() -> admitted(caller, spec.get()))
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

    /**
     * What the policy says of a document, whether or not it may run. Fails with {@link Refusal} if it is no spec, or one
     * that this service cannot run.
     */
    public Uni<Decision> explain(Caller caller, byte[] document) {
        return Uni.createFrom()
                .item(() -> explained(decide(caller, possible(read(document)))))
                .runSubscriptionOn(worker);
    }

    private Admitted admitted(Caller caller, TaskSpec spec) {
        Decision decision = decide(caller, possible(spec));
        if (!decision.allowed()) {
            throw denial(decision.rule(), decision.denials());
        }
        judgeBinds(decision);
        return new Admitted(decision.spec(), SpecHash.of(spec), decision.grant());
    }

    private static Refusal denial(String rule, List<Fault> denials) {
        int more = denials.size() - 1;
        String message = denials.get(0).message() + (more == 0 ? "" : ", and " + more + " more of its wishes");
        return Refusal.denied(rule, message, denials);
    }

    private Decision decide(Caller caller, TaskSpec spec) {
        TaskSpec named = spec.image() == null ? spec.withImage(defaultImage) : spec;
        return policy.now().policy().decide(caller, named);
    }

    private static Decision explained(Decision decision) {
        try {
            judgeBinds(decision);
            return decision;
        } catch (Refusal refused) {
            return decision.denied(refused.faults().get(0));
        }
    }

    /** What the directories really are, beyond their names. */
    private static void judgeBinds(Decision decision) {
        if (decision.allowed()) {
            MountRoots roots = MountRoots.of(decision.grant());
            List<Mount> mounts = decision.spec().mounts();
            for (int i = 0; i < mounts.size(); i++) {
                if (mounts.get(i) instanceof Mount.Bind bind) {
                    judge(roots, bind, "/mounts/" + i + "/source");
                }
            }
        }
    }

    private static TaskSpec possible(TaskSpec spec) {
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
        return spec;
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

    private static void judge(MountRoots roots, Mount.Bind bind, String pointer) {
        try {
            roots.judge(bind.source());
        } catch (Denied e) {
            Cause cause = e.reason();
            var fault = List.of(new Fault(pointer, cause.message(), cause.remedy()));
            throw cause.code() == CauseCode.POLICY_DENIED
                    ? Refusal.denied(e.rule(), cause.message(), fault)
                    : Refusal.of(cause.code(), cause.message(), fault);
        }
    }
}

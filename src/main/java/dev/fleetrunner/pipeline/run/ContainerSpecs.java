package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.SecretValue;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.policy.BindLeases;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.ContainerSpec.Secret;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.secret.TaskSecrets;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.UnknownWorkspace;
import dev.fleetrunner.workspace.WorkspaceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Turns an admitted spec into what a runtime is told, holding what it mounts. */
public final class ContainerSpecs {
    /** The watchdog in the container is the second net; the runner's own timer comes first. */
    private static final int WATCHDOG_MARGIN_SEC = 15;
    /** Above the task's cap, so that a takeover finds whole what is kept. */
    private static final long ENGINE_LOG_MARGIN = 16L << 20;

    private final BindLeases binds = new BindLeases();
    private final WorkspaceStore workspaces;
    private final Caches caches;
    private final long logBytes;
    private final Executor worker;

    /**
     * @param logBytes how much of a task's output is kept
     * @param worker for looking at the file system
     */
    public ContainerSpecs(WorkspaceStore workspaces, Caches caches, long logBytes, Executor worker) {
        this.workspaces = workspaces;
        this.caches = caches;
        this.logBytes = logBytes;
        this.worker = worker;
    }

    /** What is held until it is closed: binds against a swap, workspaces against their removal. */
    record Leases(List<AutoCloseable> all) implements AutoCloseable {
        static final Leases NONE = new Leases(List.of());

        @Override
        public void close() {
            closeAll(all);
        }
    }

    /** A container spec, and what is held for it. */
    record Held(ContainerSpec spec, Leases leases) {}

    /**
     * Fails with {@link dev.fleetrunner.policy.Denied} if a bind is not, or no longer, allowed, and with
     * {@link RuntimeFailure} if a workspace is gone; nothing is held then.
     */
    Uni<Held> hold(String taskId, TaskEvent.Submitted task, TaskSecrets secrets) {
        TaskSpec spec = task.spec();
        List<AutoCloseable> leases = new CopyOnWriteArrayList<>();
        return Multi.createFrom()
                .iterable(spec.mounts())
                .onItem()
                .transformToUniAndConcatenate(mount -> resolve(taskId, task, mount, leases))
                .collect()
                .asList()
                .map(mounts -> new Held(container(taskId, task, mounts, secrets), new Leases(leases)))
                .onFailure()
                .invoke(() -> closeAll(leases))
                .onCancellation()
                .invoke(() -> closeAll(leases));
    }

    /** Holds for a container that is there already what it has mounted, whatever the rules say by now. */
    Uni<Leases> holdAgain(String taskId, TaskEvent.Submitted task) {
        List<AutoCloseable> leases = new CopyOnWriteArrayList<>();
        return Multi.createFrom()
                .iterable(task.spec().mounts())
                .onItem()
                .transformToUniAndConcatenate(mount -> keep(taskId, mount, leases))
                .onItem()
                .ignoreAsUni()
                .replaceWith(new Leases(leases))
                .onCancellation()
                .invoke(() -> closeAll(leases));
    }

    private Uni<?> keep(String taskId, Mount mount, List<AutoCloseable> leases) {
        if (mount instanceof Mount.Bind bind) {
            return Uni.createFrom()
                    .item(() -> binds.keep(taskId, bind.source(), !bind.readOnly()))
                    .runSubscriptionOn(worker)
                    .invoke(leases::add);
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<MountSpec> resolve(String taskId, TaskEvent.Submitted task, Mount mount, List<AutoCloseable> leases) {
        String user = task.spec().user();
        if (mount instanceof Mount.Bind bind) {
            return Uni.createFrom()
                    .item(() -> binds.hold(MountRoots.of(task.grant()), taskId, bind.source(), !bind.readOnly()))
                    .runSubscriptionOn(worker)
                    .invoke(leases::add)
                    .map(lease -> new MountSpec.Bind(lease.path().toString(), bind.target(), bind.readOnly()));
        }
        if (mount instanceof Mount.Workspace workspace) {
            return workspaces
                    .use(workspace.source())
                    .onFailure(UnknownWorkspace.class)
                    .transform(gone -> new RuntimeFailure(CauseCode.MOUNT_INVALID, gone.getMessage()))
                    .invoke(leases::add)
                    .map(lease -> copy(workspace, user));
        }
        if (mount instanceof Mount.Cache cache) {
            return caches.touch(task.owner(), cache.source(), user)
                    .map(key -> new MountSpec.Cache(cache.target(), key));
        }
        Mount.Tmpfs tmpfs = (Mount.Tmpfs) mount;
        return Uni.createFrom().item(new MountSpec.Tmpfs(tmpfs.target(), tmpfs.sizeBytes()));
    }

    private MountSpec copy(Mount.Workspace workspace, String user) {
        String[] ids = user.split(":");
        return new MountSpec.Copy(
                workspace.target(),
                workspace.readOnly(),
                workspace.source(),
                () -> workspaces.tar(workspace.source(), Integer.parseInt(ids[0]), Integer.parseInt(ids[1])));
    }

    private static void closeAll(List<AutoCloseable> leases) {
        for (AutoCloseable lease : leases) {
            try {
                lease.close();
            } catch (Exception failure) {
                throw new IllegalStateException("a lease cannot be given back", failure);
            }
        }
    }

    private ContainerSpec container(
            String taskId, TaskEvent.Submitted task, List<MountSpec> mounts, TaskSecrets secrets) {
        TaskSpec spec = task.spec();
        return new ContainerSpec(
                taskId,
                spec.image(),
                spec.cmd(),
                environment(spec),
                mounts,
                spec.user(),
                spec.resources(),
                spec.named(),
                spec.network(),
                spec.isolation(),
                task.grant(),
                spec.timeouts().overallSec() + WATCHDOG_MARGIN_SEC,
                spec.timeouts().graceSec(),
                spec.labels(),
                spec.engine(),
                logBytes + ENGINE_LOG_MARGIN,
                secrets(spec, secrets));
    }

    /** Where a secret is a file, the variable holds no more than its path. */
    private static Map<String, String> environment(TaskSpec spec) {
        Map<String, String> env = new LinkedHashMap<>();
        spec.env().forEach((name, value) -> {
            if (value instanceof EnvValue.Literal literal) {
                env.put(name, literal.value());
            } else if (value instanceof EnvValue.SecretRef secret && secret.as() == EnvValue.As.FILE) {
                env.put(name, ContainerSpec.SECRETS + "/" + secret.name());
            }
        });
        return env;
    }

    /** A file has all bytes of the secret; in a variable the line break at its end would be in everybody's way. */
    private static List<Secret> secrets(TaskSpec spec, TaskSecrets secrets) {
        Set<Secret> all = new LinkedHashSet<>();
        spec.env().forEach((variable, value) -> {
            if (value instanceof EnvValue.SecretRef secret) {
                SecretValue bytes = secrets.values().get(secret.name());
                all.add(
                        switch (secret.as()) {
                            case FILE -> new Secret.File(secret.name(), bytes);
                            case ENV -> new Secret.Variable(variable, bytes.withoutLineBreak());
                        });
            }
        });
        return List.copyOf(all);
    }
}

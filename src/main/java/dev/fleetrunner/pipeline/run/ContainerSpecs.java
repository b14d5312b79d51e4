package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns an admitted spec into what a runtime is told, holding what it binds. Looks at the file system. */
final class ContainerSpecs {
    /** The watchdog in the container is the second net; the runner's own timer comes first. */
    private static final int WATCHDOG_MARGIN_SEC = 15;
    /** Above the task's cap, so that a takeover finds whole what is kept. */
    private static final long ENGINE_LOG_MARGIN = 16L << 20;

    private final MountRoots mountRoots;
    private final long logBytes;

    ContainerSpecs(MountRoots mountRoots, long logBytes) {
        this.mountRoots = mountRoots;
        this.logBytes = logBytes;
    }

    /** A container spec and the binds that it holds until it is closed. */
    record Held(ContainerSpec spec, List<MountRoots.Lease> leases) implements AutoCloseable {
        @Override
        public void close() {
            leases.forEach(MountRoots.Lease::close);
        }
    }

    /**
     * @throws dev.fleetrunner.policy.Denied if a bind is not, or no longer, allowed; nothing is held then
     */
    Held hold(String taskId, TaskSpec spec) {
        List<MountRoots.Lease> leases = new ArrayList<>();
        try {
            List<MountSpec> mounts = new ArrayList<>();
            for (Mount mount : spec.mounts()) {
                mounts.add(resolve(taskId, mount, leases));
            }
            return new Held(container(taskId, spec, mounts), leases);
        } catch (RuntimeException e) {
            leases.forEach(MountRoots.Lease::close);
            throw e;
        }
    }

    private MountSpec resolve(String taskId, Mount mount, List<MountRoots.Lease> leases) {
        if (mount instanceof Mount.Bind bind) {
            MountRoots.Lease lease = mountRoots.hold(taskId, bind.source(), !bind.readOnly());
            leases.add(lease);
            return new MountSpec.Bind(lease.path().toString(), bind.target(), bind.readOnly());
        }
        if (mount instanceof Mount.Tmpfs tmpfs) {
            return new MountSpec.Tmpfs(tmpfs.target(), tmpfs.sizeBytes());
        }
        throw new IllegalStateException(mount.type() + " mounts are refused at admission");
    }

    private ContainerSpec container(String taskId, TaskSpec spec, List<MountSpec> mounts) {
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
                spec.timeouts().overallSec() + WATCHDOG_MARGIN_SEC,
                spec.timeouts().graceSec(),
                spec.labels(),
                logBytes + ENGINE_LOG_MARGIN);
    }

    private static Map<String, String> environment(TaskSpec spec) {
        Map<String, String> env = new LinkedHashMap<>();
        spec.env().forEach((name, value) -> {
            if (value instanceof EnvValue.Literal literal) {
                env.put(name, literal.value());
            }
        });
        return env;
    }
}

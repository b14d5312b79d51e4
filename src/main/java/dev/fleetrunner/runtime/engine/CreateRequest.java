package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.MountPath;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's words for a locked-down container: non-root, no capabilities, no new privileges, the engine's seccomp
 * profile, a read-only root, no network, every limit set.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate">Create
 *     a container</a>
 */
final class CreateRequest {
    private static final long OPEN_FILES = 65_536;
    /** Podman's service lowers its own limit to this, the kernel's usual number of pids. */
    private static final long PROCESSES = 32_768;

    private static final long LARGEST_TMP = 1L << 30;
    private static final long SMALL_TMP = 1 << 20;
    private static final long NANOS_PER_MILLI_CPU = 1_000_000;

    /** How long init waits for secrets that the engine brings late. */
    private static final int SECRETS_SECONDS = 30;
    /** Every file takes whole pages. */
    private static final String SECRETS_OPTIONS = "rw,noexec,nosuid,nodev,mode=0700,size=" + (4L << 20);

    private final Mark mark;
    private final String runtime;
    private final Dialect dialect;
    private final OwnLimits own;
    private final ContainerSpec spec;
    private final TaskVolumes volumes;
    private final String initVolume;
    private final boolean seeded;
    private final Path sockets;

    /**
     * @param runtime the OCI runtime; null for the engine's usual
     * @param seeded whether the task's volumes come from seeds
     * @param sockets the directory of the task's own sockets; null for none
     */
    CreateRequest(
            Mark mark,
            String runtime,
            Dialect dialect,
            OwnLimits own,
            ContainerSpec spec,
            TaskVolumes volumes,
            String initVolume,
            boolean seeded,
            Path sockets) {
        this.mark = mark;
        this.runtime = runtime;
        this.dialect = dialect;
        this.own = own;
        this.spec = spec;
        this.volumes = volumes;
        this.initVolume = initVolume;
        this.seeded = seeded;
        this.sockets = sockets;
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Image", spec.image());
        document.put("Entrypoint", List.of(Names.INIT));
        document.put("Cmd", spec.command());
        document.put("Env", environment());
        document.put("User", spec.user());
        document.put("WorkingDir", Names.WORKSPACE);
        document.put("Hostname", "task");
        document.put("Labels", labels());
        boolean secrets = !spec.secrets().isEmpty();
        document.put("AttachStdin", secrets);
        document.put("AttachStdout", true);
        document.put("AttachStderr", true);
        document.put("Tty", false);
        document.put("OpenStdin", secrets);
        document.put("StdinOnce", secrets);
        document.put("HostConfig", hostConfig());
        return document;
    }

    private List<String> environment() {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("HOME", Names.HOME);
        env.put("FLEET_TASK_ID", spec.taskId());
        env.putAll(Outlets.environment(spec));
        env.putAll(spec.env());
        if (sockets != null) {
            env.put("FLEET_WIRE", Names.SOCKETS);
        }
        env.put(
                "FLEET_INIT",
                InitReport.nonce(mark.instance(), spec.taskId()) + " " + spec.deadlineSec() + " " + spec.graceSec()
                        + disk() + secrets());
        return env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    private String disk() {
        Long budget = spec.resources().diskBytes();
        if (budget == null) {
            return "";
        }
        return " " + budget + "\n" + String.join("\n", volumes.measured());
    }

    /** Lines come behind the disk budget. */
    private String secrets() {
        if (spec.secrets().isEmpty()) {
            return "";
        }
        String line = "\nsecrets " + SECRETS_SECONDS + " " + ContainerSpec.SECRETS;
        return spec.resources().diskBytes() == null ? " 0" + line : line;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        spec.labels().forEach((key, value) -> labels.put(Names.LABEL_USER_PREFIX + key, value));
        labels.putAll(mark.labels(spec.taskId(), Names.ROLE_TASK));
        labels.putAll(Outlets.labels(spec));
        labels.put(Names.LABEL_DEADLINE, Integer.toString(spec.deadlineSec()));
        return labels;
    }

    private Map<String, Object> hostConfig() {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("NetworkMode", spec.network().mode() == Mode.OPEN ? "default" : "none");
        host.put("ReadonlyRootfs", true);
        host.put("CapDrop", List.of("ALL"));
        host.put("CapAdd", spec.grant().capabilities());
        host.put("SecurityOpt", List.of("no-new-privileges"));
        host.put("Privileged", false);
        host.put("Memory", spec.resources().memoryBytes());
        host.put("MemorySwap", spec.resources().memoryBytes());
        host.put("NanoCpus", spec.resources().cpuMillis() * NANOS_PER_MILLI_CPU);
        host.put("PidsLimit", spec.resources().pids());
        host.put("Ulimits", ulimits());
        host.put("Tmpfs", tmpfs());
        host.put("Mounts", mounts());
        if (seeded) {
            host.put("VolumesFrom", seeds());
        }
        var driver = dialect.logDriver(spec.logBytes());
        host.put("LogConfig", Map.of("Type", driver.type(), "Config", driver.options()));
        if (runtime != null) {
            host.put("Runtime", runtime);
        }
        host.put("RestartPolicy", Map.of("Name", ""));
        return host;
    }

    private List<String> seeds() {
        var ref = new ContainerRef(spec.taskId());
        List<String> seeds = new ArrayList<>();
        if (!volumes.all(false).isEmpty()) {
            seeds.add(Names.seed(ref));
        }
        if (!volumes.all(true).isEmpty()) {
            seeds.add(Names.readOnlySeed(ref) + ":ro");
        }
        return seeds;
    }

    /** nproc counts all processes of a user on the machine, not of the container: there the pids limit does the work. */
    private List<Map<String, Object>> ulimits() {
        List<Map<String, Object>> ulimits = new ArrayList<>(ulimits(own));
        if (spec.resources().diskBytes() != null) {
            ulimits.add(
                    ulimit("fsize", Math.min(own.fileSize(), spec.resources().diskBytes())));
        }
        return ulimits;
    }

    /** Those of every container. */
    static List<Map<String, Object>> ulimits(OwnLimits own) {
        return List.of(
                ulimit("nofile", Math.min(OPEN_FILES, own.openFiles())),
                ulimit("nproc", Math.min(PROCESSES, own.processes())),
                ulimit("core", 0));
    }

    private static Map<String, Object> ulimit(String name, long value) {
        return Map.of("Name", name, "Soft", value, "Hard", value);
    }

    /** Programs may be run from memory: compilers and test runners put theirs into /tmp. */
    private Map<String, String> tmpfs() {
        Map<String, String> tmpfs = new LinkedHashMap<>();
        long size = Math.min(LARGEST_TMP, spec.resources().memoryBytes() / 2);
        tmpfs.put("/tmp", tmpfsOptions(size));
        if (sockets != null) {
            tmpfs.put("/run", tmpfsOptions(SMALL_TMP) + "," + dialect.tmpfsOwner(spec.user()));
        }
        for (MountSpec mount : spec.mounts()) {
            if (mount instanceof MountSpec.Tmpfs memory) {
                tmpfs.put(
                        plain(memory.target()),
                        tmpfsOptions(memory.sizeBytes()) + "," + dialect.tmpfsOwner(spec.user()));
            }
        }
        if (!spec.secrets().isEmpty()) {
            tmpfs.put(ContainerSpec.SECRETS, SECRETS_OPTIONS + "," + dialect.tmpfsOwner(spec.user()));
        }
        return tmpfs;
    }

    private static String tmpfsOptions(long size) {
        return "rw,exec,nosuid,nodev,mode=1777,size=" + size;
    }

    private List<Map<String, Object>> mounts() {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(Map.of("Type", "volume", "Source", initVolume, "Target", Names.INIT_DIRECTORY, "ReadOnly", true));
        if (sockets != null) {
            mounts.add(Map.of(
                    "Type", "bind", "Source", plain(sockets.toString()), "Target", Names.SOCKETS, "ReadOnly", true));
        }
        if (!seeded) {
            volumes.all().forEach(volume -> mounts.add(volume(volume)));
        }
        for (MountSpec mount : spec.mounts()) {
            if (mount instanceof MountSpec.Bind bind) {
                mounts.add(Map.of(
                        "Type", "bind",
                        "Source", plain(bind.source()),
                        "Target", plain(bind.target()),
                        "ReadOnly", bind.readOnly(),
                        "BindOptions", Map.of("Propagation", "rprivate")));
            }
        }
        return mounts;
    }

    /** A volume as the API takes it. */
    static Map<String, Object> volume(TaskVolumes.Volume volume) {
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("Type", "volume");
        mount.put("Target", plain(volume.target()));
        mount.put("ReadOnly", volume.readOnly());
        if (volume.source() != null) {
            mount.put("Source", volume.source());
        }
        return mount;
    }

    /** Whatever came before, an engine is never given a path that it reads as more than a path. */
    private static String plain(String path) {
        if (!MountPath.isPlain(path)) {
            throw new RuntimeFailure(
                    CauseCode.MOUNT_INVALID,
                    "the path " + path
                            + " cannot be mounted: rename it, without comma, colon, quotation mark and control"
                            + " characters");
        }
        return path;
    }
}

package dev.fleetrunner.runtime;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Container specs for the contract test, with small limits as defaults. */
final class SpecBuilder {
    static final String IMAGE = System.getProperty("fleet.test.image", "localhost/fleet-runner-base:latest");

    private String taskId = UlidCreator.getMonotonicUlid().toString();
    private String image = IMAGE;
    private final List<String> command;
    private Map<String, String> env = Map.of();
    private final List<ContainerSpec.MountSpec> mounts = new ArrayList<>();
    private long memoryBytes = 256L << 20;
    private int pids = 512;
    private long logBytes = 512L << 20;
    private Long diskBytes;
    private int deadlineSec = 100;
    private int graceSec = 5;
    private Grant grant = Grant.NOTHING;
    private String user = "1000:1000";
    private Map<String, String> labels = Map.of();
    private boolean engine;
    private Set<String> named = Set.of("memoryBytes", "cpus", "pids");
    private String isolation = TaskSpec.DEFAULT_ISOLATION;
    private TaskSpec.Network network = TaskSpec.Network.NONE;
    private List<ContainerSpec.Secret> secrets = List.of();

    private SpecBuilder(List<String> command) {
        this.command = command;
    }

    static SpecBuilder command(String... command) {
        return new SpecBuilder(List.of(command));
    }

    static SpecBuilder shell(String script) {
        return command("/bin/sh", "-c", script);
    }

    SpecBuilder taskId(String id) {
        this.taskId = id;
        return this;
    }

    SpecBuilder image(String name) {
        this.image = name;
        return this;
    }

    SpecBuilder env(Map<String, String> variables) {
        this.env = variables;
        return this;
    }

    SpecBuilder mount(ContainerSpec.MountSpec mount) {
        this.mounts.add(mount);
        return this;
    }

    SpecBuilder memory(long bytes) {
        this.memoryBytes = bytes;
        return this;
    }

    SpecBuilder logBytes(long bytes) {
        this.logBytes = bytes;
        return this;
    }

    SpecBuilder pids(int count) {
        this.pids = count;
        return this;
    }

    SpecBuilder disk(long bytes) {
        this.diskBytes = bytes;
        return this;
    }

    SpecBuilder deadline(int seconds, int grace) {
        this.deadlineSec = seconds;
        this.graceSec = grace;
        return this;
    }

    SpecBuilder user(String uidAndGid) {
        this.user = uidAndGid;
        return this;
    }

    SpecBuilder labels(Map<String, String> callers) {
        this.labels = callers;
        return this;
    }

    SpecBuilder grant(Grant given) {
        this.grant = given;
        return this;
    }

    SpecBuilder isolation(String wall) {
        this.isolation = wall;
        return this;
    }

    /** May reach only this. */
    SpecBuilder allow(String... rules) {
        return network(TaskSpec.Network.Mode.RESTRICTED, rules);
    }

    SpecBuilder network(TaskSpec.Network.Mode mode, String... allow) {
        this.network = new TaskSpec.Network(mode, List.of(allow));
        return this;
    }

    SpecBuilder secrets(ContainerSpec.Secret... all) {
        this.secrets = List.of(all);
        return this;
    }

    SpecBuilder engine() {
        this.engine = true;
        return this;
    }

    SpecBuilder named(Set<String> limits) {
        this.named = limits;
        return this;
    }

    private Set<String> named() {
        if (diskBytes == null) {
            return named;
        }
        Set<String> all = new HashSet<>(named);
        all.add("disk");
        return all;
    }

    ContainerSpec build() {
        return new ContainerSpec(
                taskId,
                image,
                command,
                env,
                mounts,
                user,
                new Resources(1000, memoryBytes, pids, diskBytes),
                named(),
                network,
                isolation,
                grant,
                deadlineSec,
                graceSec,
                labels,
                engine,
                logBytes,
                secrets);
    }
}

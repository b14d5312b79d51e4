package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a new container runs: locked down as far as the usual images of databases still start. */
final class NewHostConfig {
    private static final long NANOS_PER_MILLI_CPU = 1_000_000;
    private static final long LARGEST_SHM = 64L << 20;

    /**
     * What an entrypoint needs that starts as root, gives its directories to its user and becomes that user. Not in it, of
     * what engines give by themselves: NET_RAW, MKNOD, AUDIT_WRITE, SYS_CHROOT, SETPCAP, SETFCAP.
     */
    private static final List<String> CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID");

    /** What is read elsewhere or set by us whatever is wished. */
    private static final Set<String> SEEN = Set.of(
            "Memory",
            "MemorySwap",
            "NanoCpus",
            "CpuQuota",
            "CpuPeriod",
            "PidsLimit",
            "NetworkMode",
            "PortBindings",
            "PublishAllPorts",
            "Binds",
            "Mounts",
            "Tmpfs",
            "VolumesFrom",
            "CapDrop",
            "SecurityOpt",
            "RestartPolicy",
            "IpcMode",
            "CgroupnsMode",
            "ShmSize",
            "ReadonlyRootfs",
            "Init",
            "GroupAdd",
            "AutoRemove",
            "ExtraHosts");

    /** What only makes a difference among containers, or to their output's keeping. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "CpuShares",
            "MemoryReservation",
            "MemorySwappiness",
            "KernelMemory",
            "BlkioWeight",
            "CpusetCpus",
            "CpusetMems",
            "OomScoreAdj",
            "ConsoleSize",
            "LogConfig",
            "Dns",
            "DnsOptions",
            "DnsSearch",
            "Isolation",
            "Ulimits",
            "ContainerIDFile",
            "MaskedPaths",
            "ReadonlyPaths");

    private final JsonNode body;
    private final JsonNode host;
    private final Surroundings around;
    private final Endpoints endpoints;
    private final GatewayEngine engine;
    private final Share share;
    private final NewMounts mounts;
    private final Map<String, Integer> ports;

    NewHostConfig(JsonNode body, Surroundings around, Endpoints endpoints, GatewayEngine engine) {
        this.body = body;
        this.host = body.path("HostConfig");
        this.around = around;
        this.endpoints = endpoints;
        this.engine = engine;
        check();
        this.share = around.left().take(wish());
        this.mounts = new NewMounts(host, around);
        this.ports = endpoints.reachable() ? NewPorts.of(body, around) : Map.of();
    }

    private void check() {
        host.fieldNames().forEachRemaining(field -> {
            if (!SEEN.contains(field) && !WITHOUT_EFFECT.contains(field) && !Json.isNothing(host.path(field))) {
                throw refused(field);
            }
        });
        allow("IpcMode", "private", "none", "shareable");
        allow("CgroupnsMode", "private");
        String restart = host.path("RestartPolicy").path("Name").asText("");
        if (!restart.isEmpty() && !restart.equals("no")) {
            throw refused("RestartPolicy");
        }
        for (JsonNode option : host.path("SecurityOpt")) {
            if (!Set.of("no-new-privileges", "no-new-privileges:true", "no-new-privileges=true")
                    .contains(option.asText())) {
                throw refused("SecurityOpt " + option.asText());
            }
        }
    }

    private void allow(String field, String... values) {
        String value = host.path(field).asText("");
        if (!value.isEmpty() && !List.of(values).contains(value)) {
            throw refused(field + " " + value);
        }
    }

    private static Refusal refused(String what) {
        return Refusal.forbidden("HostConfig." + what + " is not open to tasks; leave it out");
    }

    private Share wish() {
        long period =
                host.path("CpuPeriod").asLong() > 0 ? host.path("CpuPeriod").asLong() : 100_000;
        long quota = host.path("CpuQuota").asLong() * 1000 / period;
        long nanos = host.path("NanoCpus").asLong() / NANOS_PER_MILLI_CPU;
        return new Share(
                host.path("Memory").asLong(),
                nanos > 0 ? nanos : quota,
                host.path("PidsLimit").asLong());
    }

    Share share() {
        return share;
    }

    Map<String, Integer> ports() {
        return ports;
    }

    Set<String> volumes() {
        return mounts.named();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("NetworkMode", endpoints.mode());
        document.put("Memory", share.memoryBytes());
        document.put("MemorySwap", share.memoryBytes());
        document.put("NanoCpus", share.cpuMillis() * NANOS_PER_MILLI_CPU);
        document.put("PidsLimit", share.pids());
        document.put("ShmSize", shm());
        document.put("Privileged", false);
        document.put("CapDrop", List.of("ALL"));
        document.put("CapAdd", capabilities());
        document.put("SecurityOpt", around.security());
        document.put("IpcMode", "private");
        document.put("Ulimits", engine.ulimits());
        document.put("LogConfig", engine.logConfig());
        document.put("RestartPolicy", Map.of("Name", ""));
        document.put("AutoRemove", host.path("AutoRemove").asBoolean());
        document.put("ReadonlyRootfs", host.path("ReadonlyRootfs").asBoolean());
        if (host.path("Init").isBoolean()) {
            document.put("Init", host.path("Init").asBoolean());
        }
        if (!Json.isNothing(host.path("GroupAdd"))) {
            document.put("GroupAdd", groups());
        }
        if (endpoints.reachable()) {
            // Nobody answers there: names outside fail soon, instead of being asked for through the engine's machine.
            document.put("Dns", List.of("127.0.0.1"));
            document.put("DnsOptions", List.of("timeout:1", "attempts:1"));
            document.put("ExtraHosts", extraHosts());
        }
        mounts.into(document);
        return document;
    }

    private long shm() {
        long wished = host.path("ShmSize").asLong();
        return wished > 0 ? Math.min(wished, share.memoryBytes()) : Math.min(LARGEST_SHM, share.memoryBytes());
    }

    private List<String> capabilities() {
        List<String> kept = new ArrayList<>(CAPABILITIES);
        for (JsonNode dropped : host.path("CapDrop")) {
            String name = dropped.asText().toUpperCase(java.util.Locale.ROOT);
            kept.removeIf(each -> name.equals("ALL") || name.equals(each) || name.equals("CAP_" + each));
        }
        return kept;
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        host.path("GroupAdd").forEach(group -> {
            if (!group.asText().matches("[A-Za-z0-9_][A-Za-z0-9_-]{0,31}")
                    || group.asText().equals("keep-groups")) {
                throw refused("GroupAdd " + group.asText());
            }
            groups.add(group.asText());
        });
        return groups;
    }

    private List<String> extraHosts() {
        List<String> hosts = new ArrayList<>();
        for (JsonNode entry : host.path("ExtraHosts")) {
            if (!entry.asText().matches("[A-Za-z0-9_.-]{1,253}:[0-9a-fA-F.:]{2,45}")) {
                throw refused("ExtraHosts " + entry.asText());
            }
            hosts.add(entry.asText());
        }
        endpoints
                .document()
                .keySet()
                .forEach(network -> hosts.addAll(around.peers().getOrDefault(network, List.of())));
        return hosts;
    }
}

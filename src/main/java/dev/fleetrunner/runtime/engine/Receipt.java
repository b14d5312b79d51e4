package dev.fleetrunner.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.TaskSpec.Network.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads out of an engine's description of a container what it enforces. */
final class Receipt {
    /**
     * What Docker and Podman give a container that drops nothing. Podman writes {@code ALL} out as the list of its
     * defaults.
     */
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private Receipt() {}

    /**
     * The receipt.
     *
     * @param container the answer of {@code /containers/{id}/json}
     * @param unenforced limits that the engine takes but does not keep on this machine
     * @param isolation the wall that was found
     */
    static Enforced read(JsonNode container, Set<String> unenforced, String isolation) {
        JsonNode host = container.path("HostConfig");
        return new Enforced(
                container.path("Config").path("User").asText(null),
                network(container),
                unenforced.contains("memoryBytes") ? null : positive(host.path("Memory")),
                unenforced.contains("cpus") ? null : cpus(host),
                unenforced.contains("pids") ? null : pids(host),
                host.path("ReadonlyRootfs").asBoolean(),
                capabilities(host),
                seccomp(host),
                isolation);
    }

    /** The contract's word: only what the engine gives no network at all is not open. */
    private static String network(JsonNode container) {
        JsonNode mode = container.path("HostConfig").path("NetworkMode");
        if (!mode.isTextual()) {
            return null;
        }
        if (!mode.asText().equals("none")) {
            return Mode.OPEN.word();
        }
        boolean wayOut = container.path("Config").path("Labels").has(Names.LABEL_EGRESS);
        for (JsonNode mount : container.path("Mounts")) {
            if (wayOut && mount.path("Destination").asText().equals(Names.SOCKETS)) {
                return Mode.RESTRICTED.word();
            }
        }
        return Mode.NONE.word();
    }

    private static Long positive(JsonNode number) {
        return number.asLong() > 0 ? number.asLong() : null;
    }

    private static Double cpus(JsonNode host) {
        long nanos = host.path("NanoCpus").asLong();
        if (nanos > 0) {
            return nanos / 1e9;
        }
        long quota = host.path("CpuQuota").asLong();
        long period = host.path("CpuPeriod").asLong();
        return quota > 0 && period > 0 ? (double) quota / period : null;
    }

    private static Integer pids(JsonNode host) {
        Long pids = positive(host.path("PidsLimit"));
        return pids == null ? null : pids.intValue();
    }

    private static List<String> capabilities(JsonNode host) {
        Set<String> left = new TreeSet<>(DEFAULT_CAPABILITIES);
        for (JsonNode dropped : host.path("CapDrop")) {
            if (dropped.asText().equalsIgnoreCase("ALL")) {
                left.clear();
            }
            left.remove(plain(dropped.asText()));
        }
        for (JsonNode added : host.path("CapAdd")) {
            left.add(plain(added.asText()));
        }
        return new ArrayList<>(left);
    }

    private static String plain(String capability) {
        return capability.startsWith("CAP_") ? capability.substring(4) : capability;
    }

    private static String seccomp(JsonNode host) {
        for (JsonNode option : host.path("SecurityOpt")) {
            String text = option.asText();
            if (text.startsWith("seccomp=") || text.startsWith("seccomp:")) {
                String profile = text.substring("seccomp=".length());
                return profile.equals("unconfined") ? null : "custom";
            }
        }
        return "default";
    }
}

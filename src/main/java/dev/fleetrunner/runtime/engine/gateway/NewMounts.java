package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.MountPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a new container has mounted: volumes of the task and memory, and nothing of the engine's machine. */
final class NewMounts {
    private static final Set<String> BIND_OPTIONS = Set.of("ro", "rw", "z", "Z", "nocopy");
    private static final String TMPFS_OPTION = "rw|ro|exec|noexec|nosuid|nodev|size=\\d+[kKmMgG%]?|mode=[0-7]{3,4}";

    private final Surroundings around;
    private final Set<String> named = new LinkedHashSet<>();
    private final List<String> binds = new ArrayList<>();
    private final List<Map<String, Object>> mounts = new ArrayList<>();
    private final Map<String, String> tmpfs = new LinkedHashMap<>();
    private final List<String> from = new ArrayList<>();

    NewMounts(JsonNode host, Surroundings around) {
        this.around = around;
        host.path("Binds").forEach(bind -> bind(bind.asText()));
        host.path("Mounts").forEach(this::mount);
        host.path("Tmpfs")
                .properties()
                .forEach(each -> tmpfs(each.getKey(), each.getValue().asText()));
        host.path("VolumesFrom").forEach(other -> from(other.asText()));
    }

    private void bind(String bind) {
        String[] parts = bind.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || !parts[1].startsWith("/")) {
            throw parts[0].startsWith("/") ? noBind(bind) : Refusal.malformed("Binds: " + bind + " cannot be read");
        }
        target("HostConfig.Binds", parts[1]);
        String options = parts.length == 3 ? parts[2] : "rw";
        if (!parts[0].matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
            throw noBind(bind);
        }
        if (!BIND_OPTIONS.containsAll(List.of(options.split(",")))) {
            throw Refusal.forbidden("HostConfig.Binds: the options " + options + " are not open to tasks");
        }
        binds.add(volume(parts[0]) + ":" + parts[1] + ":" + options);
    }

    /** Refuses a target that an engine would read as more than a path. */
    static void target(String field, String path) {
        if (!path.startsWith("/") || !MountPath.isPlain(path)) {
            throw Refusal.malformed(field + ": " + path
                    + " is no absolute path without commas, colons, quotation marks and control characters");
        }
    }

    private static Refusal noBind(String what) {
        if (what.contains(".sock")) {
            return Refusal.forbidden(
                    "an engine's socket cannot be mounted into a task's containers (" + what
                            + "); what a task makes is removed with it, so Ryuk is not needed: set TESTCONTAINERS_RYUK_DISABLED=true");
        }
        return Refusal.forbidden("HostConfig.Binds: no file of the engine's machine can be mounted (" + what
                + "), and files of the task are none of it; copy them into the container (withCopyToContainer,"
                + " docker cp) or use a named volume");
    }

    private String volume(String name) {
        String real = around.marks().real(name);
        named.add(real);
        return real;
    }

    private void mount(JsonNode mount) {
        String type = mount.path("Type").asText();
        String target = mount.path("Target").asText();
        String source = mount.path("Source").asText("");
        target("HostConfig.Mounts", target);
        switch (type) {
            case "volume" -> {
                if (!Json.isNothing(mount.path("VolumeOptions").path("DriverConfig"))
                        || !Json.isNothing(mount.path("VolumeOptions").path("Subpath"))) {
                    throw Refusal.forbidden("HostConfig.Mounts: VolumeOptions is not open to tasks; leave it out");
                }
                if (!source.isEmpty() && !source.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
                    throw Refusal.malformed("HostConfig.Mounts: " + source + " is no volume's name");
                }
                Map<String, Object> volume = new LinkedHashMap<>();
                volume.put("Type", "volume");
                volume.put("Target", target);
                volume.put("ReadOnly", mount.path("ReadOnly").asBoolean());
                if (!source.isEmpty()) {
                    volume.put("Source", volume(source));
                }
                mounts.add(volume);
            }
            case "tmpfs" -> {
                long size = mount.path("TmpfsOptions").path("SizeBytes").asLong();
                tmpfs(target, size > 0 ? "rw,size=" + size : "rw");
            }
            case "bind" -> throw noBind(source + ":" + target);
            default -> throw Refusal.forbidden("HostConfig.Mounts: type " + type + " is not open to tasks");
        }
    }

    private void tmpfs(String target, String options) {
        target("HostConfig.Tmpfs", target);
        for (String option : options.split(",")) {
            if (!option.isEmpty() && !option.matches(TMPFS_OPTION)) {
                throw Refusal.forbidden("HostConfig.Tmpfs: the option " + option + " is not open to tasks");
            }
        }
        tmpfs.put(target, (options.isEmpty() ? "rw" : options) + ",nosuid,nodev");
    }

    private void from(String other) {
        String[] parts = other.split(":");
        boolean readOnly = parts.length == 2 && parts[1].equals("ro");
        from.add(around.child(parts[0]).id() + (readOnly ? ":ro" : ""));
    }

    /** The volumes with a name, by their real names. */
    Set<String> named() {
        return named;
    }

    void into(Map<String, Object> hostConfig) {
        hostConfig.put("Binds", binds);
        hostConfig.put("Mounts", mounts);
        hostConfig.put("Tmpfs", tmpfs);
        hostConfig.put("VolumesFrom", from);
    }
}

package dev.fleetrunner.json;

import dev.fleetrunner.contract.Mount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads {@code mounts}: each type has its own fields, and no two may lie on one target. */
final class MountReader {
    private static final int MAX_MOUNTS = 32;
    private static final long LEAST_TMPFS = 4096;
    private static final long USUAL_TMPFS = 64L << 20;
    private static final List<String> TYPES = List.of("bind", "workspace", "cache", "tmpfs");
    private static final Shape WORKSPACE = new Shape(
            67, "ws-[0-9a-f]{8,64}", "the name of a workspace", "use the ws-… that POST /api/v1/workspaces answered");
    private static final Shape CACHE = new Shape(
            64,
            "[A-Za-z0-9][A-Za-z0-9._-]*",
            "the name of a cache",
            "use letters, digits, dots, hyphens and underscores, at most 64");

    private MountReader() {}

    static List<Mount> read(Fields spec) {
        List<Mount> mounts = new ArrayList<>();
        Map<String, Pointer> taken = new HashMap<>();
        for (Value item : spec.items("mounts", MAX_MOUNTS)) {
            item.fields().flatMap(MountReader::mount).ifPresent(mount -> {
                Pointer first = taken.putIfAbsent(mount.target(), item.at());
                if (first != null) {
                    item.fault("has the same target as " + first.text(), "choose another target for one of them");
                }
                mounts.add(mount);
            });
        }
        return mounts;
    }

    private static Optional<Mount> mount(Fields fields) {
        return fields.require("type", "write one of " + String.join(", ", TYPES))
                .flatMap(value -> value.oneOf(TYPES))
                .flatMap(type -> {
                    Optional<Mount> mount = mount(type, fields);
                    fields.refuseOthers();
                    return mount;
                });
    }

    private static Optional<Mount> mount(String type, Fields fields) {
        Optional<String> target =
                fields.require("target", "name the directory in the container").flatMap(ContainerPath::ofMount);
        if (type.equals("tmpfs")) {
            long size = fields.find("size")
                    .flatMap(value -> Quantity.bytes(value, LEAST_TMPFS))
                    .orElse(USUAL_TMPFS);
            return target.map(path -> new Mount.Tmpfs(path, size));
        }
        Optional<Value> from = fields.require("source", "say what to mount");
        if (type.equals("cache")) {
            return both(from.flatMap(value -> value.text(CACHE)), target, Mount.Cache::new);
        }
        boolean readOnly = fields.flag("readOnly", false);
        return type.equals("bind")
                ? both(from.flatMap(ContainerPath::ofSource), target, (s, t) -> new Mount.Bind(s, t, readOnly))
                : both(
                        from.flatMap(value -> value.text(WORKSPACE)),
                        target,
                        (s, t) -> new Mount.Workspace(s, t, readOnly));
    }

    private static Optional<Mount> both(
            Optional<String> source, Optional<String> target, BiFunction<String, String, Mount> made) {
        return source.flatMap(s -> target.map(t -> made.apply(s, t)));
    }
}

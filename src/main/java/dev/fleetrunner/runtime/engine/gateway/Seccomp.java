package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which system calls a task's containers may make. Docker's own profile is strict enough. Podman's lets them make user
 * namespaces and use the keyring of the machine's user 0, which they are: so they get that profile without these calls, from
 * a file in the task's directory.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp">OCI runtime
 *     specification, seccomp</a>
 */
final class Seccomp {
    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";
    private static final List<Path> PODMANS =
            List.of(Path.of("/etc/containers/seccomp.json"), Path.of("/usr/share/containers/seccomp.json"));

    /** As the filter of a task's own container has it (src/main/init/filter.c). */
    private static final Set<String> REFUSED = new TreeSet<>(Set.of(
            "add_key",
            "bpf",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "io_uring_enter",
            "io_uring_register",
            "io_uring_setup",
            "keyctl",
            "mount",
            "mount_setattr",
            "move_mount",
            "name_to_handle_at",
            "open_by_handle_at",
            "open_tree",
            "perf_event_open",
            "pivot_root",
            "request_key",
            "setns",
            "umount",
            "umount2",
            "unshare",
            "userfaultfd"));

    /** All of CLONE_NEW*. */
    private static final long NAMESPACES = 0x7E020000L;

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private final GatewayEngine engine;
    private final Path file;

    /** @param directory the task's, which the engine sees at the same path */
    Seccomp(GatewayEngine engine, Path directory) {
        this.engine = engine;
        this.file = directory.resolve("seccomp.json");
    }

    /** What every container gets of {@code HostConfig.SecurityOpt}. */
    List<String> options() {
        return engine.podman() ? List.of(NO_NEW_PRIVILEGES, "seccomp=" + file) : List.of(NO_NEW_PRIVILEGES);
    }

    /** Writes the profile where one is needed. Fails with {@code NOT_SUPPORTED} where the engine's own cannot be read. */
    Uni<Void> write() {
        return !engine.podman()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .item(() -> {
                            writeNow();
                            return null;
                        })
                        .runSubscriptionOn(engine.worker())
                        .replaceWithVoid();
    }

    private void writeNow() {
        Path podmans = PODMANS.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new RuntimeFailure(
                        CauseCode.NOT_SUPPORTED,
                        "engine is not safe here: Podman's list of system calls is not at " + PODMANS
                                + "; install the engine's usual configuration (containers-common)"));
        try {
            Files.write(file, Json.bytes(narrowed(Json.parse(Files.readAllBytes(podmans)))));
        } catch (IOException e) {
            throw new UncheckedIOException("the profile of system calls cannot be written", e);
        }
    }

    /** A profile that allows nothing of what is refused here. */
    static ObjectNode narrowed(JsonNode profile) {
        ObjectNode narrow = profile.deepCopy();
        ArrayNode calls = narrow.putArray("syscalls");
        for (JsonNode rule : profile.path("syscalls")) {
            ObjectNode kept = rule.deepCopy();
            ArrayNode names = kept.putArray("names");
            rule.path("names").forEach(name -> {
                if (!REFUSED.contains(name.asText()) && !name.asText().startsWith("clone")) {
                    names.add(name);
                }
            });
            if (!names.isEmpty()) {
                calls.add(kept);
            }
        }
        calls.addPOJO(Map.of("names", REFUSED, "action", "SCMP_ACT_ERRNO", "errnoRet", EPERM));
        // Its flags lie in memory, where a filter cannot look; libraries fall back.
        calls.addPOJO(Map.of("names", List.of("clone3"), "action", "SCMP_ACT_ERRNO", "errnoRet", ENOSYS));
        calls.addPOJO(Map.of(
                "names",
                List.of("clone"),
                "action",
                "SCMP_ACT_ALLOW",
                "args",
                List.of(Map.of("index", 0, "value", NAMESPACES, "valueTwo", 0, "op", "SCMP_CMP_MASKED_EQ"))));
        return narrow;
    }
}

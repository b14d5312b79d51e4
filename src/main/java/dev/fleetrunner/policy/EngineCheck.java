package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An engine of the task's own. Whoever mounts an engine's socket asks for that: the socket itself would be the machine.
 */
final class EngineCheck implements Check {
    private static final Pattern SOCKET = Pattern.compile(
            "(/var)?/run/(docker\\.sock|podman/podman\\.sock|user/[0-9]+/(docker\\.sock|podman/podman\\.sock))");

    /** Whether a path is where an engine listens by custom. */
    static boolean isSocket(String path) {
        return SOCKET.matcher(path).matches();
    }

    @Override
    public void look(Hearing hearing) {
        TaskSpec spec = hearing.spec();
        List<Mount> others = new ArrayList<>();
        boolean mounted = false;
        for (int i = 0; i < spec.mounts().size(); i++) {
            Mount mount = spec.mounts().get(i);
            if (mount instanceof Mount.Bind bind && (isSocket(bind.source()) || isSocket(bind.target()))) {
                mounted = true;
                look(hearing, "/mounts/" + i, "a mount of " + bind.source());
            } else {
                others.add(mount);
            }
        }
        if (mounted && hearing.profile().engine()) {
            hearing.change(
                    "/engine",
                    "the engine's socket",
                    "true",
                    "a task gets an engine of its own in place of the machine's",
                    hearing.spec().withEngine(others));
        }
        if (spec.engine()) {
            look(hearing, "/engine", "an engine");
        }
    }

    private static void look(Hearing hearing, String pointer, String what) {
        if (!hearing.profile().engine()) {
            hearing.deny(pointer, what, "no engine (engine: false)");
        }
    }
}

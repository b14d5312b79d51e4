package dev.fleetrunner.policy;

import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.policy.Profile.Binds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Directories of the machine, as far as their names tell; {@link MountRoots} looks at what they really are. */
final class BindCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        Binds binds = hearing.profile().binds();
        List<Mount> mounts = hearing.spec().mounts();
        for (int i = 0; i < mounts.size(); i++) {
            if (mounts.get(i) instanceof Mount.Bind bind && !EngineCheck.isSocket(bind.source())) {
                look(hearing, binds, bind, "/mounts/" + i);
            }
        }
    }

    private static void look(Hearing hearing, Binds binds, Mount.Bind bind, String pointer) {
        Path source = Path.of(bind.source()).normalize();
        if (binds.roots().stream().noneMatch(root -> source.startsWith(root.normalize()))) {
            hearing.deny(pointer + "/source", "a bind of " + bind.source(), "mounts.roots: " + words(binds.roots()));
        } else if (binds.readOnly() && !bind.readOnly()) {
            hearing.deny(pointer + "/readOnly", "a bind to write to", "binds with readOnly: true");
        }
    }

    private static String words(List<Path> roots) {
        return roots.isEmpty() ? "none" : roots.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}

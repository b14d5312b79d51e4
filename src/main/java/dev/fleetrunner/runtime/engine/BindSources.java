package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether what is to be bound exists: Podman's API would make an empty directory on the machine instead. */
final class BindSources {
    private BindSources() {}

    /** Fails with {@code MOUNT_INVALID} for the first source that is not there. */
    static Uni<Void> check(ContainerSpec spec) {
        if (spec.mounts().stream().noneMatch(MountSpec.Bind.class::isInstance)) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> spec.mounts().forEach(BindSources::exists));
    }

    private static void exists(MountSpec mount) {
        if (mount instanceof MountSpec.Bind bind && !Files.exists(Path.of(bind.source()))) {
            throw new RuntimeFailure(
                    CauseCode.MOUNT_INVALID,
                    "the source " + bind.source() + " of " + bind.target() + " does not exist");
        }
    }
}

package dev.fleetrunner.runtime.engine;

import static dev.fleetrunner.contract.CauseCode.ENGINE_FAILED;
import static dev.fleetrunner.contract.CauseCode.MOUNT_INVALID;

import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a task's files into its volumes through the engine's archive call, as they come. Both engines keep owners and
 * modes of what is in the directory; the directory's own entry Docker passes over, so its owner is the volume's.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/PutContainerArchive">
 *     Extract an archive</a>
 */
final class Copies {
    private final EngineClient client;
    private final String api;

    Copies(EngineClient client, String api) {
        this.client = client;
        this.api = api;
    }

    /**
     * Fills the copies of a container that was made and not started, one after the other.
     *
     * @param seeded whether its volumes come from seeds
     */
    Uni<Void> fill(ContainerSpec spec, boolean seeded) {
        List<MountSpec.Copy> copies = spec.mounts().stream()
                .filter(MountSpec.Copy.class::isInstance)
                .map(MountSpec.Copy.class::cast)
                .sorted(Comparator.comparing(MountSpec.Copy::target))
                .toList();
        var ref = new ContainerRef(spec.taskId());
        return Multi.createFrom()
                .iterable(copies)
                .onItem()
                .transformToUniAndConcatenate(copy -> fill(holder(ref, copy, seeded), copy))
                .onItem()
                .ignoreAsUni();
    }

    private static String holder(ContainerRef ref, MountSpec.Copy copy, boolean seeded) {
        if (!seeded) {
            return Names.container(ref);
        }
        return copy.readOnly() ? Names.readOnlySeed(ref) : Names.seed(ref);
    }

    private Uni<EngineAnswer> fill(String holder, MountSpec.Copy copy) {
        String uri = api + "/containers/" + holder + "/archive?path=" + EngineClient.encode(copy.target());
        return client.sendTar(HttpMethod.PUT, uri, Multi.createFrom().deferred(() -> copy.tar()
                        .get()))
                .onFailure(Upload.SourceFailed.class)
                .transform(failure -> sourceFailure(copy, failure.getCause()))
                .map(answer -> answer.orFail(ENGINE_FAILED, copy.name() + " cannot be copied to " + copy.target()));
    }

    private static RuntimeFailure sourceFailure(MountSpec.Copy copy, Throwable failure) {
        return failure instanceof RuntimeFailure known
                ? known
                : new RuntimeFailure(
                        MOUNT_INVALID,
                        copy.name() + " cannot be read for " + copy.target() + ": " + failure.getMessage(),
                        failure);
    }
}

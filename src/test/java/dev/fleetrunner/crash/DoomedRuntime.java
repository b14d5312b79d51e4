package dev.fleetrunner.crash;

import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.runtime.ContainerRef;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.KeptCache;
import dev.fleetrunner.runtime.LogResume;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;

/** A real runtime whose runner dies in the middle of a call. */
final class DoomedRuntime implements ContainerRuntime {
    /** The chunks that pass before the runner dies amid the output. */
    private static final int SOME = 5;

    private final ContainerRuntime real;
    private final Doom doom;

    DoomedRuntime(ContainerRuntime real, Doom doom) {
        this.real = real;
        this.doom = doom;
    }

    @Override
    public Multi<Preparation> prepare(ContainerSpec spec) {
        return real.prepare(spec)
                .onItem()
                .transformToMultiAndConcatenate(step -> doom.at(
                        step instanceof Preparation.ImagePresent
                                ? KillPoint.IMAGE_THERE
                                : step instanceof Preparation.Ready ? KillPoint.CONTAINER_MADE : null,
                        step));
    }

    @Override
    public Uni<RunningContainer> start(ContainerRef ref) {
        return doom.after(
                KillPoint.STARTED_AT_THE_ENGINE,
                doom.before(KillPoint.BEFORE_START, real.start(ref).map(Doomed::new)));
    }

    @Override
    public Uni<RunningContainer> adopt(ContainerRef ref, LogResume from) {
        return real.adopt(ref, from);
    }

    @Override
    public Uni<DeniedHosts> denied(ContainerRef ref) {
        return real.denied(ref);
    }

    @Override
    public Multi<Buffer> archive(ContainerRef ref, String path) {
        return real.archive(ref, path)
                .onItem()
                .transformToMultiAndConcatenate(piece -> doom.at(KillPoint.AMID_ARTIFACTS, piece));
    }

    @Override
    public Uni<Void> remove(ContainerRef ref) {
        return doom.after(KillPoint.REMOVED, doom.before(KillPoint.BEFORE_REMOVAL, real.remove(ref)));
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Uni<RuntimeStatus> probe() {
        return real.probe();
    }

    @Override
    public Multi<Usage> usage(ContainerRef ref) {
        return real.usage(ref);
    }

    @Override
    public Uni<Void> stop(ContainerRef ref, Duration grace) {
        return real.stop(ref, grace);
    }

    @Override
    public Multi<OwnedContainer> owned() {
        return real.owned();
    }

    @Override
    public Multi<KeptCache> caches() {
        return real.caches();
    }

    @Override
    public Uni<Boolean> removeCache(String key) {
        return real.removeCache(key);
    }

    @Override
    public Uni<Void> tidy() {
        return real.tidy();
    }

    private final class Doomed implements RunningContainer {
        private final RunningContainer container;
        private int chunks;

        Doomed(RunningContainer container) {
            this.container = container;
        }

        @Override
        public Multi<LogChunk> output() {
            return Multi.createBy()
                    .concatenating()
                    .streams(
                            container
                                    .output()
                                    .onItem()
                                    .transformToMultiAndConcatenate(
                                            chunk -> doom.at(chunks++ < SOME ? null : KillPoint.AMID_OUTPUT, chunk)),
                            Multi.createFrom()
                                    .deferred(() -> doom.has(KillPoint.OUTPUT_ENDED)
                                            ? Multi.createFrom().nothing()
                                            : Multi.createFrom().empty()));
        }

        @Override
        public Instant startedAt() {
            return container.startedAt();
        }

        @Override
        public Uni<Exit> exit() {
            return container.exit();
        }

        @Override
        public Uni<Enforced> enforced() {
            return container.enforced();
        }
    }
}

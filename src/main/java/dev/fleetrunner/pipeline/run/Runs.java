package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.runtime.Runtimes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Puts the running stage together. */
public final class Runs {
    private Runs() {}

    /**
     * @param places how many tasks run at once
     * @param stopLimit how long an engine may take to end a container after KILL
     * @param engineReturn how long an engine that went away is waited for
     * @param logBytes how much of a task's output is kept
     */
    public static Dispatcher dispatcher(
            FairQueue queue,
            int places,
            Duration stopLimit,
            Duration engineReturn,
            long logBytes,
            Runtimes runtimes,
            LogStore logs,
            Capture capture,
            MountRoots mountRoots,
            Executor worker,
            Clock clock) {
        var leaving = new CompletableFuture<Void>();
        var parts = new TaskRun.Parts(
                runtimes,
                logs,
                new ContainerSpecs(mountRoots, logBytes),
                capture,
                new Results(clock),
                new EngineLoss(clock, engineReturn),
                stopLimit,
                Begun.told(leaving),
                worker,
                clock);
        return new Dispatcher(queue, places, parts, leaving);
    }
}

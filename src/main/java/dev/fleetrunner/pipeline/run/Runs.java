package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.secret.Secrets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Puts the running stage together. */
public final class Runs {
    private Runs() {}

    /**
     * @param places how many tasks run at once
     * @param stopLimit how long an engine may take to end a container after KILL
     * @param engineReturn how long an engine that went away is waited for
     */
    public static Dispatcher dispatcher(
            FairQueue queue,
            int places,
            Duration stopLimit,
            Duration engineReturn,
            Runtimes runtimes,
            LogStore logs,
            ContainerSpecs containers,
            Secrets secrets,
            Capture capture,
            Clock clock) {
        var leaving = new CompletableFuture<Void>();
        var parts = new TaskRun.Parts(
                runtimes,
                logs,
                containers,
                secrets,
                capture,
                new Results(clock),
                new EngineLoss(clock, engineReturn),
                stopLimit,
                Begun.told(leaving),
                clock);
        return new Dispatcher(queue, places, parts, leaving);
    }
}

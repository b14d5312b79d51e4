package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.policy.MountRoots;
import dev.fleetrunner.runtime.Runtimes;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Puts the running stage together. */
public final class Runs {
    private Runs() {}

    /**
     * @param places how many tasks run at once
     * @param stopLimit how long an engine may take to end a container after KILL
     * @param logBytes how much of a task's output is kept
     */
    public static Dispatcher dispatcher(
            FairQueue queue,
            int places,
            Duration stopLimit,
            long logBytes,
            Runtimes runtimes,
            LogStore logs,
            Capture capture,
            MountRoots mountRoots,
            Executor worker,
            Clock clock) {
        return new Dispatcher(
                queue,
                places,
                new TaskRun.Parts(
                        runtimes,
                        logs,
                        new ContainerSpecs(mountRoots, logBytes),
                        capture,
                        new Results(clock),
                        stopLimit,
                        worker,
                        clock));
    }
}

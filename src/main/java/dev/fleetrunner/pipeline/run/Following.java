package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.pipeline.run.Verdict.Stopped;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Follows a started command to its end: takes its output, and its exit after that; ends it when its time is over or
 * nobody wants it; takes it over again when the engine has gone away and come back.
 */
final class Following {
    private static final Logger LOG = Logger.getLogger(Following.class);
    /** An engine whose streams break off again and again is not asked without a pause. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration USAGE_AFTER = Duration.ofSeconds(2);

    private final ActiveTask task;
    private final ContainerRuntime runtime;
    private final TaskLog log;
    private final TaskRun.Parts parts;
    private volatile Stopped stopped = Stopped.NOT;
    private volatile boolean outputEnded;

    Following(ActiveTask task, ContainerRuntime runtime, TaskLog log, TaskRun.Parts parts) {
        this.task = task;
        this.runtime = runtime;
        this.log = log;
        this.parts = parts;
    }

    /** Why the command had to be ended, if it had to. */
    Stopped stopped() {
        return stopped;
    }

    /** The exit of a command that may still run. */
    Uni<Exit> toTheEnd(RunningContainer running) {
        return Uni.createFrom().deferred(() -> {
            Cancellable sampling = sample();
            return Uni.combine()
                    .any()
                    .of(outcome(running), endWhenDue(running))
                    .onTermination()
                    .invoke(sampling::cancel);
        });
    }

    /** The exit of a command that has ended, with what of its output is not written yet. */
    Uni<Exit> outcome(RunningContainer running) {
        return take(running)
                .invoke(() -> outputEnded = true)
                .chain(running::exit)
                .onFailure(EngineLoss::isIt)
                .recoverWithUni(lost -> again(lost).chain(this::outcome));
    }

    /** What the engine had thrown away is told where it is missing; found out afterwards, at the end. */
    private Uni<Void> take(RunningContainer running) {
        boolean missing = running.outputMissing();
        Uni<Void> before = missing ? log.gap() : Uni.createFrom().voidItem();
        return before.chain(() -> log.append(running.output()))
                .chain(() -> !missing && running.outputMissing()
                        ? log.gap()
                        : Uni.createFrom().voidItem());
    }

    private Uni<RunningContainer> again(Throwable lost) {
        LOG.warnf("task %s: %s; waiting for it", task.id(), lost.getMessage());
        task.progress("waiting for the engine to come back");
        parts.runtimes().doubt(runtime.name(), lost.getMessage());
        return Timers.after(PAUSE)
                .chain(() -> parts.engineLoss()
                        .outlast(() -> log.resume().chain(from -> runtime.adopt(task.container(), from))))
                .onFailure(Causes::isGone)
                .transform(gone -> new RuntimeFailure(
                        CauseCode.ENGINE_FAILED, "the engine went away and came back without the container"))
                .invoke(() -> task.progress(null));
    }

    private Cancellable sample() {
        return Later.stream(Timers.after(USAGE_AFTER).map(later -> runtime.usage(task.container())))
                .subscribe()
                .with(task::usage, failure -> LOG.debugf("task %s: no usage: %s", task.id(), failure.getMessage()));
    }

    /**
     * Never completes; fails only if the engine cannot end the container. A command whose output has ended has ended by
     * itself: it is given a moment to tell how, and its own end counts.
     */
    private Uni<Exit> endWhenDue(RunningContainer running) {
        Uni<Stopped> timeout = Timers.after(left(running)).replaceWith(Stopped.TIMED_OUT);
        Uni<Stopped> cancelled = task.cancelled().replaceWith(Stopped.CANCELLED);
        return Uni.combine()
                .any()
                .of(cancelled, timeout)
                .call(() -> outputEnded
                        ? Timers.after(parts.stopLimit())
                        : Uni.createFrom().voidItem())
                .invoke(reason -> stopped = reason)
                .chain(() -> parts.engineLoss().outlast(this::stop))
                // The output's end comes with the container's; only an engine that loses it needs this limit.
                .chain(() -> Timers.after(parts.stopLimit()))
                .onItem()
                .transformToUni(late -> Uni.createFrom()
                        .failure(new RuntimeFailure(
                                CauseCode.ENGINE_FAILED, "the engine did not tell how the stopped container ended")));
    }

    /** What is left of the command's time. Its start is told by another clock, which gives it no more than its time. */
    private Duration left(RunningContainer running) {
        Duration whole = Duration.ofSeconds(spec().timeouts().overallSec());
        Duration left =
                Duration.between(parts.clock().now(), running.startedAt().plus(whole));
        return left.compareTo(whole) > 0 ? whole : left;
    }

    private Uni<Void> stop() {
        Duration grace = Duration.ofSeconds(spec().timeouts().graceSec());
        return runtime.stop(task.container(), grace)
                .ifNoItem()
                .after(grace.plus(parts.stopLimit()))
                .failWith(() -> new RuntimeFailure(
                        CauseCode.ENGINE_FAILED,
                        "the engine could not end the container within "
                                + parts.stopLimit().toSeconds() + " s after KILL"));
    }

    private TaskSpec spec() {
        return task.state().submitted().spec();
    }
}

package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.pipeline.run.Ending.Gathered;
import dev.fleetrunner.pipeline.run.Verdict.Stopped;
import dev.fleetrunner.policy.Denied;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * One task from its turn to its result: choose → prepare → start → follow → collect → finish. Each step is a method;
 * {@link #run} strings them together. Whatever fails on the way becomes the result's cause.
 */
final class TaskRun {
    private static final Logger LOG = Logger.getLogger(TaskRun.class);
    private static final Duration USAGE_AFTER = Duration.ofSeconds(2);

    private final ActiveTask task;
    private final TaskSpec spec;
    private final Parts parts;
    private ContainerRuntime runtime;
    private ContainerSpecs.Held held;
    private LogWriter log;
    private volatile Gathered gathered = Gathered.NOTHING;
    private volatile Stopped stopped = Stopped.NOT;

    /** What every run needs. */
    record Parts(
            Runtimes runtimes,
            LogStore logs,
            ContainerSpecs containers,
            Results results,
            Duration stopLimit,
            Executor worker,
            Clock clock) {}

    TaskRun(ActiveTask task, Parts parts) {
        this.task = task;
        this.spec = task.state().submitted().spec();
        this.parts = parts;
    }

    /** Runs the task. Completes when its result is durable and its container is gone. Never fails but for the journal. */
    Uni<Void> run() {
        return openLog()
                .chain(this::choose)
                .chain(this::prepare)
                .chain(this::start)
                .chain(this::follow)
                .onFailure(failure -> !isJournals(failure))
                .recoverWithItem(this::endingOf)
                .chain(this::finish)
                .eventually(this::giveBack);
    }

    private Uni<Void> openLog() {
        return parts.logs().open(task.id()).invoke(writer -> log = writer).replaceWithVoid();
    }

    private Uni<Void> choose() {
        return parts.runtimes().choose(spec.runtime()).chain(choice -> {
            runtime = choice.runtime();
            gathered = gathered.chosen(runtime.name(), choice.reason());
            return task.record(new TaskEvent.Preparing(parts.clock().now(), runtime.name(), choice.reason()))
                    .replaceWithVoid();
        });
    }

    /** Makes the container ready, within the image's time, unless somebody asks for the task's end. */
    private Uni<Void> prepare() {
        var image = new ImageTime();
        Uni<Void> ready = Uni.createFrom()
                .item(() -> parts.containers().hold(task.id(), spec))
                .runSubscriptionOn(parts.worker())
                .invoke(lease -> held = lease)
                .onItem()
                .transformToMulti(lease -> runtime.prepare(lease.spec()))
                .invoke(step -> note(step, image))
                .collect()
                .last()
                .replaceWithVoid();
        Uni<Void> late = after(spec.timeouts().imageSec())
                .chain(() -> image.over
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom()
                                .failure(new RuntimeFailure(
                                        CauseCode.IMAGE_PULL_TIMEOUT,
                                        "image " + spec.image() + " was not there after "
                                                + spec.timeouts().imageSec() + " s")));
        Uni<Void> unwanted = task.cancelled().onItem().transformToUni(by -> Uni.createFrom()
                .failure(new RuntimeFailure(CauseCode.CANCELLED, "cancelled by " + by)));
        return Uni.combine().any().of(ready, late, unwanted);
    }

    private static final class ImageTime {
        private volatile boolean over;
    }

    private void note(Preparation step, ImageTime image) {
        if (step instanceof Preparation.Pulling pulling) {
            task.progress("pulling " + spec.image() + ": " + pulling.detail());
        } else if (step instanceof Preparation.Waiting waiting) {
            task.progress("waiting for a place: " + waiting.detail());
        } else if (step instanceof Preparation.ImagePresent present) {
            image.over = true;
            gathered = gathered.image(present.digest());
            task.progress(null);
        } else if (step instanceof Preparation.Ready ready) {
            gathered = gathered.container(ready.containerId());
        }
    }

    private Uni<RunningContainer> start() {
        return runtime.start(task.container());
    }

    /** Takes the output to its end and the exit after it; ends the command when its time is over or nobody wants it. */
    private Uni<Ending> follow(RunningContainer running) {
        Uni<Void> written = writeStarted(running);
        Uni<Void> drained = log.append(running.output());
        var sampling = after(USAGE_AFTER)
                .onItem()
                .transformToMulti(later -> runtime.usage(task.container()))
                .subscribe()
                .with(task::usage, failure -> LOG.debugf("task %s: no usage: %s", task.id(), failure.getMessage()));
        return Uni.combine()
                .any()
                .of(drained, endWhenDue(running))
                .chain(() -> written)
                .chain(running::exit)
                .eventually(sampling::cancel)
                .chain(this::collect);
    }

    private Uni<Void> writeStarted(RunningContainer running) {
        return Begun.now(running.enforced()
                .onFailure()
                .recoverWithNull()
                .chain(enforced -> {
                    gathered = gathered.enforced(enforced);
                    return task.record(new TaskEvent.Started(
                            parts.clock().at(running.startedAt()),
                            gathered.containerId(),
                            gathered.imageDigest(),
                            enforced));
                })
                .replaceWithVoid());
    }

    /** Never completes; fails only if the engine cannot end the container. */
    private Uni<Void> endWhenDue(RunningContainer running) {
        Duration left = Duration.between(
                parts.clock().now(),
                running.startedAt().plusSeconds(spec.timeouts().overallSec()));
        Uni<Stopped> timeout = after(left.isNegative() ? Duration.ZERO : left).replaceWith(Stopped.TIMED_OUT);
        Uni<Stopped> cancelled = task.cancelled().replaceWith(Stopped.CANCELLED);
        Duration grace = Duration.ofSeconds(spec.timeouts().graceSec());
        return Uni.combine()
                .any()
                .of(cancelled, timeout)
                .invoke(reason -> stopped = reason)
                .chain(() -> runtime.stop(task.container(), grace)
                        .ifNoItem()
                        .after(grace.plus(parts.stopLimit()))
                        .failWith(() -> new RuntimeFailure(
                                CauseCode.ENGINE_FAILED,
                                "the engine could not end the container within "
                                        + parts.stopLimit().toSeconds() + " s after KILL")))
                // The output's end comes with the container's; only an engine that loses it needs this limit.
                .chain(() -> after(parts.stopLimit()))
                .onItem()
                .failWith(() -> new RuntimeFailure(
                        CauseCode.ENGINE_FAILED, "the engine did not end the container's output after its end"));
    }

    private Uni<Ending> collect(Exit exit) {
        Ending ending = Verdict.of(spec, exit, stopped, task.state().cancelRequestedBy());
        return task.record(new TaskEvent.Collecting(parts.clock().now(), ending.exitCode()))
                .replaceWith(ending);
    }

    private Ending endingOf(Throwable failure) {
        return Ending.without(causeOf(failure));
    }

    private Cause causeOf(Throwable failure) {
        if (failure instanceof RuntimeFailure known) {
            return known.reason();
        }
        if (failure instanceof Denied denied) {
            return denied.reason();
        }
        LOG.errorf(failure, "task %s failed for a reason that is not foreseen", task.id());
        return CauseCode.INTERNAL.because(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    /** Every byte of the log is durable before the task is over. */
    private Uni<Void> finish(Ending ending) {
        Uni<LogInfo> sealed = log == null ? Uni.createFrom().nullItem() : log.seal();
        return sealed.onFailure()
                .recoverWithUni(failure -> {
                    LOG.errorf(failure, "task %s: its log cannot be written", task.id());
                    return parts.logs().info(task.id());
                })
                .map(info -> parts.results().of(task, ending, gathered, info))
                .chain(result -> task.record(current -> Optional.of(finished(result))))
                .replaceWithVoid();
    }

    private TaskEvent finished(TaskResult result) {
        return new TaskEvent.Finished(result.metadata().finishedAt(), result);
    }

    private Uni<Void> giveBack() {
        Uni<Void> removed = runtime == null
                ? Uni.createFrom().voidItem()
                : runtime.remove(task.container())
                        .onFailure()
                        .retry()
                        .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                        .atMost(3)
                        .onFailure()
                        .invoke(failure -> LOG.warnf("task %s: its container is left: %s", task.id(), failure))
                        .onFailure()
                        .recoverWithNull();
        return removed.invoke(() -> {
            if (held != null) {
                held.close();
            }
        });
    }

    private static Uni<Void> after(int seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    private static Uni<Void> after(Duration duration) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(duration.isZero() ? Duration.ofMillis(1) : duration);
    }

    /** What the journal refuses is no end of the task: another runner has it, or the disk does not take it. */
    private static boolean isJournals(Throwable failure) {
        return failure instanceof Journal.Fenced || failure instanceof Journal.SequenceConflict;
    }
}

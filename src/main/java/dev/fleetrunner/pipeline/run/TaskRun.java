package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.logs.LogWriter;
import dev.fleetrunner.pipeline.run.Ending.Gathered;
import dev.fleetrunner.pipeline.run.Verdict.Stopped;
import dev.fleetrunner.policy.Denied;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.task.TaskEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * One task from its turn to its result: choose → begin → prepare → start → follow → collect → finish → give back. Each
 * step is a method; {@link #run} strings them together. Whatever fails on the way becomes the result's cause; only when
 * the journal says that the task is somebody else's now, everything is left as it is.
 */
final class TaskRun {
    private static final Logger LOG = Logger.getLogger(TaskRun.class);
    private static final Duration USAGE_AFTER = Duration.ofSeconds(2);

    private final ActiveTask task;
    private final TaskSpec spec;
    private final Parts parts;
    private final List<String> notes = new ArrayList<>();
    private ContainerRuntime runtime;
    private ContainerSpecs.Held held;
    private LogWriter log;
    private boolean made;
    private volatile Gathered gathered = Gathered.NOTHING;
    private volatile Stopped stopped = Stopped.NOT;
    private volatile boolean ended;

    /** What every run needs. */
    record Parts(
            Runtimes runtimes,
            LogStore logs,
            ContainerSpecs containers,
            Capture capture,
            Results results,
            Duration stopLimit,
            Executor worker,
            Clock clock) {}

    TaskRun(ActiveTask task, Parts parts) {
        this.task = task;
        this.spec = task.state().submitted().spec();
        this.parts = parts;
    }

    /**
     * Runs the task. Completes when its result is durable and its container is gone. Fails if the task is out of these
     * hands.
     */
    Uni<Void> run() {
        return choose().chain(this::begin)
                .chain(this::openLog)
                .chain(this::hold)
                .chain(this::prepare)
                .chain(this::start)
                .chain(this::follow)
                .chain(this::collect)
                .onFailure(failure -> !ActiveTask.isOutOfHands(failure))
                .recoverWithItem(this::endingOf)
                .chain(this::finish)
                .onItemOrFailure()
                .call((done, failure) -> ActiveTask.isOutOfHands(failure) ? letGo() : giveBack());
    }

    private Uni<Runtimes.Choice> choose() {
        return unlessCancelled(parts.runtimes().choose(spec.runtime()));
    }

    /** From here on the task is this runner's, and so is everything at the engine that bears its name. */
    private Uni<Void> begin(Runtimes.Choice choice) {
        runtime = choice.runtime();
        gathered = gathered.chosen(runtime.name(), choice.reason());
        return task.insist(new TaskEvent.Preparing(parts.clock().now(), runtime.name(), choice.reason()))
                .replaceWithVoid();
    }

    private Uni<Void> openLog() {
        return parts.logs().open(task.id()).invoke(writer -> log = writer).replaceWithVoid();
    }

    private Uni<ContainerSpec> hold() {
        return Uni.createFrom()
                .item(() -> parts.containers().hold(task.id(), spec))
                .runSubscriptionOn(parts.worker())
                .invoke(lease -> held = lease)
                .map(ContainerSpecs.Held::spec);
    }

    /** Makes the container ready, within its limits of time, unless somebody asks for the task's end. */
    private Uni<Void> prepare(ContainerSpec container) {
        var patience = new Patience(spec);
        made = true;
        Uni<Void> ready = runtime.prepare(container)
                .invoke(patience::note)
                .invoke(this::note)
                .collect()
                .last()
                .replaceWithVoid();
        return unlessCancelled(Uni.combine().any().of(ready, patience.<Void>over()))
                .onTermination()
                .invoke(patience::close);
    }

    private void note(Preparation step) {
        task.progress(null);
        if (step instanceof Preparation.Pulling pulling) {
            task.progress("pulling " + spec.image() + ": " + pulling.detail());
        } else if (step instanceof Preparation.Waiting waiting) {
            task.progress("waiting for a place: " + waiting.detail());
        } else if (step instanceof Preparation.ImagePresent present) {
            gathered = gathered.image(present.digest());
        } else if (step instanceof Preparation.Ready ready) {
            gathered = gathered.container(ready.containerId());
        }
    }

    private Uni<RunningContainer> start() {
        return unlessCancelled(runtime.start(task.container()));
    }

    /**
     * Takes the output to its end and the exit after it; ends the command when its time is over or nobody wants it.
     * However that goes, that it was started is written down first.
     */
    private Uni<Exit> follow(RunningContainer running) {
        Uni<Void> started = Begun.now(writeStarted(running));
        Uni<Exit> exit = log.append(running.output()).invoke(() -> ended = true).chain(running::exit);
        Uni<Exit> inTime = Uni.combine()
                .any()
                .of(exit, endWhenDue(running))
                .onItemOrFailure()
                .call(() -> started);
        Cancellable sampling = sample();
        return Uni.combine()
                .all()
                .unis(started, inTime)
                .with((written, how) -> how)
                .onTermination()
                .invoke(sampling::cancel);
    }

    private Cancellable sample() {
        return after(USAGE_AFTER)
                .onItem()
                .transformToMulti(later -> runtime.usage(task.container()))
                .subscribe()
                .with(task::usage, failure -> LOG.debugf("task %s: no usage: %s", task.id(), failure.getMessage()));
    }

    private Uni<Void> writeStarted(RunningContainer running) {
        return running.enforced()
                .onFailure(RuntimeFailure.class)
                .recoverWithNull()
                .invoke(enforced -> gathered = gathered.enforced(enforced))
                .chain(enforced -> task.insist(new TaskEvent.Started(
                        parts.clock().at(running.startedAt()),
                        gathered.containerId(),
                        gathered.imageDigest(),
                        enforced)))
                .replaceWithVoid();
    }

    /**
     * Never completes; fails only if the engine cannot end the container. A command whose output has ended has ended by
     * itself: it is given a moment to tell how, and its own end counts.
     */
    private Uni<Exit> endWhenDue(RunningContainer running) {
        Uni<Stopped> timeout = after(left(running)).replaceWith(Stopped.TIMED_OUT);
        Uni<Stopped> cancelled = task.cancelled().replaceWith(Stopped.CANCELLED);
        return Uni.combine()
                .any()
                .of(cancelled, timeout)
                .call(() -> ended ? after(parts.stopLimit()) : Uni.createFrom().voidItem())
                .invoke(reason -> stopped = reason)
                .chain(this::stop)
                // The output's end comes with the container's; only an engine that loses it needs this limit.
                .chain(() -> after(parts.stopLimit()))
                .onItem()
                .transformToUni(late -> Uni.createFrom()
                        .failure(new RuntimeFailure(
                                CauseCode.ENGINE_FAILED, "the engine did not tell how the stopped container ended")));
    }

    /** What is left of the command's time. Its start is told by another clock, which gives it no more than its time. */
    private Duration left(RunningContainer running) {
        Duration whole = Duration.ofSeconds(spec.timeouts().overallSec());
        Duration left =
                Duration.between(parts.clock().now(), running.startedAt().plus(whole));
        return left.compareTo(whole) > 0 ? whole : left;
    }

    private Uni<Void> stop() {
        Duration grace = Duration.ofSeconds(spec.timeouts().graceSec());
        return runtime.stop(task.container(), grace)
                .ifNoItem()
                .after(grace.plus(parts.stopLimit()))
                .failWith(() -> new RuntimeFailure(
                        CauseCode.ENGINE_FAILED,
                        "the engine could not end the container within "
                                + parts.stopLimit().toSeconds() + " s after KILL"));
    }

    private Uni<Ending> collect(Exit exit) {
        Ending ending = Verdict.of(spec, exit, stopped, task.state().cancelRequestedBy());
        return task.insist(new TaskEvent.Collecting(parts.clock().now(), ending.exitCode()))
                .replaceWith(ending);
    }

    private Ending endingOf(Throwable failure) {
        Cause cause = causeOf(failure);
        if (cause.code() == CauseCode.ENGINE_UNAVAILABLE && runtime != null) {
            parts.runtimes().doubt(runtime.name(), cause.message());
        }
        return Ending.without(cause);
    }

    private Cause causeOf(Throwable failure) {
        if (failure instanceof RuntimeFailure known) {
            return known.reason();
        }
        if (failure instanceof Denied denied) {
            return denied.reason();
        }
        if (failure instanceof UncheckedIOException disk) {
            return CauseCode.STORAGE_FULL.because(
                    "the log cannot be written: " + disk.getCause().getMessage());
        }
        LOG.errorf(failure, "task %s failed for a reason that is not foreseen", task.id());
        return CauseCode.INTERNAL.because(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    /** Every byte of the log is durable before the task is over. A log that never began is sealed after that. */
    private Uni<Void> finish(Ending ending) {
        task.progress(null);
        Uni<LogInfo> written = log == null ? Uni.createFrom().nullItem() : seal();
        return Uni.combine()
                .all()
                .unis(written, parts.capture().of(task, runtime))
                .with((info, brought) -> parts.results().of(task, ending, gathered, info, notes, brought))
                .chain(result ->
                        task.insist(new TaskEvent.Finished(result.metadata().finishedAt(), result)))
                .chain(() -> log == null
                        ? LogEnd.of(parts.logs(), task.id()).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    private Uni<LogInfo> seal() {
        return log.seal().onFailure().recoverWithUni(failure -> {
            LOG.warnf("task %s: the end of its log cannot be written: %s", task.id(), failure.getMessage());
            notes.add("the end of the log could not be written: " + failure.getMessage());
            return parts.logs().info(task.id());
        });
    }

    private Uni<Void> giveBack() {
        return removeContainer().eventually(this::closeLeases);
    }

    private Uni<Void> removeContainer() {
        if (!made) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> runtime.remove(task.container()))
                .ifNoItem()
                .after(parts.stopLimit())
                .fail()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                .atMost(3)
                .onFailure()
                .invoke(failure -> LOG.warnf("task %s: its container is left for the sweep: %s", task.id(), failure))
                .onFailure()
                .recoverWithNull();
    }

    /** The task has another runner: its log and its container are that one's. */
    private Uni<Void> letGo() {
        closeLeases();
        return log == null ? Uni.createFrom().voidItem() : log.close();
    }

    private void closeLeases() {
        if (held != null) {
            held.close();
        }
    }

    /** Gives work up as soon as somebody asks for the task's end. */
    private <T> Uni<T> unlessCancelled(Uni<T> work) {
        Uni<T> unwanted = task.cancelled().onItem().transformToUni(by -> Uni.createFrom()
                .failure(new RuntimeFailure(CauseCode.CANCELLED, "cancelled by " + by)));
        return Uni.combine().any().of(unwanted, work);
    }

    private static Uni<Void> after(Duration duration) {
        boolean none = duration.isNegative() || duration.isZero();
        return Uni.createFrom().voidItem().onItem().delayIt().by(none ? Duration.ofMillis(1) : duration);
    }
}

package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.artifact.Collected;
import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Cause;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.run.Ending.Gathered;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.DeniedHosts;
import dev.fleetrunner.runtime.Preparation;
import dev.fleetrunner.runtime.RunningContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.secret.Masking;
import dev.fleetrunner.secret.Secrets;
import dev.fleetrunner.secret.TaskSecrets;
import dev.fleetrunner.secret.Unusable;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One task from its turn to its result: choose → begin → prepare → start → follow → collect → finish → give back. Each
 * step is a method; {@link #run} strings them together. A task that an earlier life of the runner had begun is taken over
 * at the step where it stands. Whatever fails on the way becomes the result's cause; only when the task is out of these
 * hands, everything is left as it is.
 */
final class TaskRun {
    private static final Logger LOG = Logger.getLogger(TaskRun.class);

    private static final Collected LOCKED = new Collected(
            List.of(),
            List.of("what the command wrote after the runner's restart was dropped, and artifacts were not collected: "
                    + "without the task's secrets nothing can be masked"),
            List.of());

    private final ActiveTask task;
    private final TaskSpec spec;
    private final Parts parts;
    private final List<String> notes = new ArrayList<>();
    private ContainerRuntime runtime;
    private ContainerSpecs.Leases leases = ContainerSpecs.Leases.NONE;
    /** Null until they are read. */
    private TaskSecrets secrets;

    private TaskLog log;
    private Uni<LogInfo> sealed;
    private TaskEvent.Collecting untold;
    private boolean made;
    private volatile Gathered gathered;

    /**
     * What every run needs.
     *
     * @param leaving completes when this runner stops and leaves what runs to the next
     */
    record Parts(
            Runtimes runtimes,
            LogStore logs,
            ContainerSpecs containers,
            Secrets secrets,
            Capture capture,
            Results results,
            EngineLoss engineLoss,
            Duration stopLimit,
            Uni<Void> leaving,
            Clock clock) {}

    TaskRun(ActiveTask task, Parts parts) {
        this.task = task;
        this.spec = task.state().submitted().spec();
        this.parts = parts;
        this.gathered = Gathered.of(task.state());
    }

    /**
     * Runs the task. Completes when its result is durable and its container is gone. Fails if the task is out of these
     * hands.
     */
    Uni<Void> run() {
        return unlessLeaving(container().chain(this::follow))
                .onFailure(failure -> !isOutOfHands(failure))
                .recoverWithItem(this::endingOf)
                .chain(this::finish)
                .onItemOrFailure()
                .call((done, failure) -> isOutOfHands(failure) ? letGo() : giveBack());
    }

    private Uni<RunningContainer> container() {
        return task.state() instanceof TaskState.Queued
                ? choose().chain(this::begin).chain(this::openLog).chain(this::make)
                : tellTakeOver().chain(this::rejoin).chain(this::openLog).chain(this::takeOver);
    }

    private Uni<Runtimes.Choice> choose() {
        return unlessCancelled(parts.runtimes()
                .choose(
                        spec.runtime(),
                        spec.isolation(),
                        task.state().submitted().grant()));
    }

    /** From here on the task is this runner's, and so is everything at the engine that bears its name. */
    private Uni<Void> begin(Runtimes.Choice choice) {
        runtime = choice.runtime();
        gathered = gathered.chosen(runtime.name(), choice.reason());
        return task.insist(new TaskEvent.Preparing(parts.clock().now(), runtime.name(), choice.reason()))
                .replaceWithVoid();
    }

    /** Shuts out whoever had the task before, so that log and container have one runner. */
    private Uni<Void> tellTakeOver() {
        return task.insist(new TaskEvent.TakenOver(parts.clock().now(), task.runner()))
                .replaceWithVoid();
    }

    /** Finds the runtime that the task is on; the engine may take its time to start, as this runner does. */
    private Uni<Void> rejoin() {
        return parts.engineLoss()
                .outlast(() -> parts.runtimes().choose(gathered.runtime(), spec.isolation()))
                .invoke(choice -> runtime = choice.runtime())
                .replaceWithVoid();
    }

    private Uni<Void> openLog() {
        return TaskLog.open(parts.logs(), task.id())
                .invoke(opened -> log = opened)
                .replaceWithVoid();
    }

    private Uni<RunningContainer> make() {
        return unlock().chain(this::hold).chain(this::prepare).chain(this::start);
    }

    /**
     * Reads the task's secrets: from here on everything that it says is masked. On a takeover they are read again, as nobody
     * has kept them; where that fails nothing more of the output is written, as it could not be masked.
     */
    private Uni<Void> unlock() {
        return parts.secrets()
                .read(spec.env())
                .onFailure(Unusable.class)
                .transform(failure -> new RuntimeFailure(CauseCode.SECRET_UNAVAILABLE, failure.getMessage()))
                .invoke(read -> {
                    secrets = read;
                    log.mask(read.masking());
                })
                .replaceWithVoid();
    }

    private Masking masking() {
        return secrets == null ? Masking.NONE : secrets.masking();
    }

    /**
     * Goes on with the container of an earlier life. One that was never started is made afresh; one that was started and
     * is gone is not run a second time.
     */
    private Uni<RunningContainer> takeOver() {
        made = true;
        boolean mayBeNew = task.state() instanceof TaskState.Preparing && log.isNew();
        return unlock().chain(() -> parts.engineLoss().outlast(this::adopt))
                .call(this::holdAgain)
                .onFailure(failure -> mayBeNew && Causes.isGone(failure))
                .recoverWithUni(this::make);
    }

    private Uni<RunningContainer> adopt() {
        return log.resume().chain(from -> runtime.adopt(task.container(), from));
    }

    private Uni<ContainerSpec> hold() {
        leases.close();
        return parts.containers()
                .hold(task.id(), task.state().submitted(), secrets)
                .invoke(held -> leases = held.leases())
                .map(ContainerSpecs.Held::spec);
    }

    private Uni<Void> holdAgain() {
        return parts.containers()
                .holdAgain(task.id(), task.state().submitted())
                .invoke(held -> leases = held)
                .replaceWithVoid();
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
            task.progress(masking().text("pulling " + spec.image() + ": " + pulling.detail()));
        } else if (step instanceof Preparation.Waiting waiting) {
            task.progress(masking().text("waiting for a place: " + waiting.detail()));
        } else if (step instanceof Preparation.ImagePresent present) {
            gathered = gathered.image(present.digest());
        } else if (step instanceof Preparation.Ready ready) {
            gathered = gathered.container(ready.containerId());
        }
    }

    /** An engine that goes away just now may have started the command: that is found out when it is back. */
    private Uni<RunningContainer> start() {
        return unlessCancelled(
                runtime.start(task.container()).onFailure(EngineLoss::isIt).recoverWithUni(lost -> parts.engineLoss()
                        .outlast(this::adopt)
                        .onFailure(Causes::isGone)
                        .transform(neverStarted -> lost)));
    }

    /** However it goes, that the command was started is written down first. */
    private Uni<Ending> follow(RunningContainer running) {
        Uni<Void> started = task.state() instanceof TaskState.Preparing
                ? Begun.now(writeStarted(running))
                : Uni.createFrom().voidItem();
        var following = new Following(task, runtime, log, parts);
        Uni<Ending> end = task.state() instanceof TaskState.Collecting earlier
                ? following.outcome(running).map(exit -> Verdict.of(spec, exit, Verdict.of(earlier), cancelledBy()))
                : following.toTheEnd(running).map(exit -> Verdict.of(spec, exit, following.stopped(), cancelledBy()));
        Uni<Ending> ending = end.invoke(() -> sealed = Begun.now(seal()));
        return Uni.combine()
                .all()
                .unis(started, ending.onItemOrFailure().call(() -> started))
                .with((written, how) -> how)
                .chain(this::collect);
    }

    private String cancelledBy() {
        return task.state().cancelRequestedBy();
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

    /** That something is collected is told before it begins; where there is nothing, with the result. */
    private Uni<Ending> collect(Ending ending) {
        if (task.state() instanceof TaskState.Collecting) {
            return Uni.createFrom().item(ending);
        }
        var collecting = new TaskEvent.Collecting(parts.clock().now(), ending.exitCode(), task.usageSoFar());
        if (spec.artifacts().paths().isEmpty()) {
            untold = collecting;
            return Uni.createFrom().item(ending);
        }
        return task.insist(collecting).replaceWith(ending);
    }

    private Ending endingOf(Throwable failure) {
        Cause cause = MaskedResult.cause(Causes.of(failure, task), masking());
        if (cause.code() == CauseCode.ENGINE_UNAVAILABLE && runtime != null) {
            parts.runtimes().doubt(runtime.name(), cause.message());
        }
        return Ending.without(cause);
    }

    /** Every byte of the log is durable before the task is over. A log that never began is sealed after that. */
    private Uni<Void> finish(Ending ending) {
        task.progress(null);
        return Uni.combine()
                .all()
                .unis(whole(), unlessLeaving(bringIn()), denied())
                .with((info, brought, denied) ->
                        parts.results().of(task, ending, gathered, info, notes, brought, denied))
                .chain(this::writeFinished)
                .chain(() -> log == null
                        ? LogEnd.of(parts.logs(), task.id()).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    private Uni<DeniedHosts> denied() {
        if (!made || spec.network().mode() != TaskSpec.Network.Mode.RESTRICTED) {
            return Uni.createFrom().item(DeniedHosts.NONE);
        }
        return runtime.denied(task.container())
                .onFailure()
                .recoverWithItem(failure -> new DeniedHosts(
                        List.of(), List.of("what the task was denied is not known: " + failure.getMessage())));
    }

    /** What reports say could not be masked without the secrets. */
    private Uni<Brought> bringIn() {
        boolean unmasked = secrets == null && made && hasSecrets();
        return unmasked
                ? Uni.createFrom().item(Brought.nothing(parts.clock().now()).with(LOCKED))
                : parts.capture().of(task, runtime);
    }

    private boolean hasSecrets() {
        return spec.env().values().stream().anyMatch(EnvValue.SecretRef.class::isInstance);
    }

    private Uni<TaskState> writeFinished(TaskResult unmasked) {
        TaskResult result = MaskedResult.of(unmasked, masking());
        var finished = new TaskEvent.Finished(result.metadata().finishedAt(), result);
        return untold == null ? task.insist(finished) : task.insist(untold, finished);
    }

    private Uni<LogInfo> whole() {
        if (sealed != null) {
            return sealed;
        }
        return log == null ? Uni.createFrom().nullItem() : seal();
    }

    private Uni<LogInfo> seal() {
        return log.seal().onFailure().recoverWithUni(failure -> {
            LOG.warnf("task %s: the end of its log cannot be written: %s", task.id(), failure.getMessage());
            notes.add("the end of the log could not be written: " + failure.getMessage());
            return parts.logs().info(task.id());
        });
    }

    private Uni<Void> giveBack() {
        return removeContainer().eventually(() -> leases.close());
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

    static boolean isOutOfHands(Throwable failure) {
        return failure instanceof HandedOver || ActiveTask.isOutOfHands(failure);
    }

    /** The task has another runner, now or soon: its log and its container are that one's. */
    private Uni<Void> letGo() {
        leases.close();
        return log == null ? Uni.createFrom().voidItem() : log.close();
    }

    private <T> Uni<T> unlessLeaving(Uni<T> work) {
        Uni<T> leaving =
                parts.leaving().onItem().transformToUni(gone -> Uni.createFrom().failure(new HandedOver()));
        return Uni.combine().any().of(leaving, work);
    }

    /** Gives work up as soon as somebody asks for the task's end. */
    private <T> Uni<T> unlessCancelled(Uni<T> work) {
        Uni<T> unwanted = task.cancelled().onItem().transformToUni(by -> Uni.createFrom()
                .failure(new RuntimeFailure(CauseCode.CANCELLED, "cancelled by " + by)));
        return Uni.combine().any().of(unwanted, work);
    }
}

package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.artifact.Collected;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.report.ReportFile;
import dev.fleetrunner.report.ReportReader;
import dev.fleetrunner.report.Reports;
import dev.fleetrunner.runtime.ContainerRuntime;
import dev.fleetrunner.runtime.OwnedContainer;
import dev.fleetrunner.runtime.RuntimeFailure;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Brings in what a task left behind: the files that its spec declares, and what the reports among them say. However the
 * command ended, and whatever goes wrong here, the task's own verdict stays: what could not be had is a note.
 */
public final class Capture {
    private static final Logger LOG = Logger.getLogger(Capture.class);

    private final ArtifactStore store;
    private final Duration limit;
    private final Executor readers;
    private final Clock clock;
    private final ReportReader reports = new ReportReader();

    /**
     * @param limit for collecting the files of one task, and again for reading its reports
     * @param readers where reports are read: apart from all other work, as what a task wrote may be slow to read
     */
    public Capture(ArtifactStore store, Duration limit, Executor readers, Clock clock) {
        this.store = store;
        this.limit = limit;
        this.readers = readers;
        this.clock = clock;
    }

    /**
     * Collects from a container that was started and is not removed. Nothing is asked of the engine if nothing is
     * declared, or the command was never started. Safe to be asked for again: what was collected before a crash of the
     * runner is not collected twice. Never fails.
     *
     * @param runtime null if it could not be found again after a restart
     */
    Uni<Brought> of(ActiveTask task, ContainerRuntime runtime) {
        Brought nothing = Brought.nothing(clock.now());
        boolean started = task.state() instanceof TaskState.Running || task.state() instanceof TaskState.Collecting;
        if (!started || declared(task).isEmpty()) {
            return Uni.createFrom().item(nothing);
        }
        if (runtime == null) {
            Collected nobody = note("artifacts were not collected: the engine did not answer");
            return Uni.createFrom().item(nothing.with(nobody));
        }
        return Uni.createFrom()
                .deferred(() -> hasEnded(task, runtime))
                .chain(ended -> ended
                        ? collect(task, runtime)
                        : Uni.createFrom()
                                .item(note("artifacts were not collected: the container is gone, or has not ended")))
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> note("artifacts were not collected within " + seconds()))
                .onFailure()
                .recoverWithItem(failure -> note(words(task, failure)))
                .chain(collected -> reportsAmong(task, collected)
                        .map(said -> nothing.with(collected).with(said)));
    }

    private static List<String> declared(ActiveTask task) {
        return task.state().submitted().spec().artifacts().paths();
    }

    /** Where the engine did not tell how the command ended, it is asked whether it did: nothing is taken from one that runs. */
    private static Uni<Boolean> hasEnded(ActiveTask task, ContainerRuntime runtime) {
        return task.state() instanceof TaskState.Collecting
                ? Uni.createFrom().item(true)
                : runtime.owned()
                        .filter(container -> container.ref().equals(task.container()))
                        .collect()
                        .asList()
                        .map(ours ->
                                ours.stream().anyMatch(container -> container.state() == OwnedContainer.State.ENDED));
    }

    private Uni<Collected> collect(ActiveTask task, ContainerRuntime runtime) {
        return store.collect(
                task.id(), declared(task), path -> runtime.archive(task.container(), path), Capture::isAbsence);
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof RuntimeFailure known && known.reason().code() == CauseCode.NOT_FOUND;
    }

    private Uni<Reports> reportsAmong(ActiveTask task, Collected collected) {
        if (collected.files().isEmpty()) {
            return Uni.createFrom().item(new Reports(null, null, List.of()));
        }
        List<ReportFile> files = collected.files().stream()
                .map(file -> candidate(task.id(), file))
                .toList();
        return Uni.createFrom()
                .item(() -> reports.read(files))
                .runSubscriptionOn(readers)
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> unread("within " + seconds()))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "task %s: its reports cannot be read", task.id());
                    return unread("for a reason that is not foreseen");
                });
    }

    private ReportFile candidate(String taskId, ArtifactFile file) {
        return new ReportFile("/" + file.path(), file.size(), () -> store.open(taskId, file));
    }

    private static Reports unread(String why) {
        return new Reports(null, null, List.of("the reports among the artifacts were not read " + why));
    }

    private String seconds() {
        return limit.toMillis() / 1e3 + " s";
    }

    private static Collected note(String text) {
        return new Collected(List.of(), List.of(text), List.of());
    }

    private static String words(ActiveTask task, Throwable failure) {
        if (failure instanceof UncheckedIOException disk) {
            LOG.warnf("task %s: its artifacts cannot be written: %s", task.id(), disk.getCause());
            return "artifacts could not be kept, the runner cannot write them: "
                    + disk.getCause().getMessage();
        }
        if (failure instanceof RuntimeFailure known) {
            return "artifacts could not be collected: " + known.reason().message();
        }
        LOG.errorf(failure, "task %s: its artifacts cannot be collected", task.id());
        return "artifacts could not be collected: " + failure.getMessage();
    }
}

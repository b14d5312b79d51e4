package dev.fleetrunner.pipeline;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fleetrunner.async.Begun;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.pipeline.Tasks.Accepted;
import dev.fleetrunner.pipeline.admission.Admission;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.pipeline.queue.FairQueue;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.pipeline.run.Clock;
import dev.fleetrunner.pipeline.run.Dispatcher;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.TaskIndex;
import dev.fleetrunner.store.TaskRow;
import dev.fleetrunner.task.TaskEvent;
import dev.fleetrunner.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Takes admitted specs into the queue, each once: reserved, written down, queued, in this order. */
record Submissions(
        DiskBrake brake,
        FairQueue queue,
        Dispatcher dispatcher,
        Journal journal,
        Journal.Epoch epoch,
        TaskIndex index,
        TaskStates states,
        Clock clock,
        TaskAudit audit) {

    /**
     * Takes what was admitted.
     *
     * @param key the caller's, or null
     * @param rerunOf the earlier task whose spec this is, or null
     */
    Uni<Accepted> accept(Caller caller, Admission.Admitted admitted, String key, String rerunOf) {
        String owner = caller.name();
        Optional<Refusal> full = brake.refusal();
        if (full.isPresent()) {
            return refuseUnlessRepeat(full.get(), owner, admitted, key);
        }
        FairQueue.Place place = queue.reserve(owner, admitted.grant().share().maxQueued());
        if (place != FairQueue.Place.RESERVED) {
            return refuseUnlessRepeat(noPlace(place, owner, admitted.grant()), owner, admitted, key);
        }
        String id = UlidCreator.getMonotonicUlid().toString();
        var submitted = new TaskEvent.Submitted(
                clock.now(), admitted.spec(), owner, key, admitted.hash(), rerunOf, admitted.grant());
        return enter(caller, id, submitted)
                .map(state -> new Accepted(states.view(TaskRow.of(id, state)), false))
                .onFailure(Journal.DuplicateKey.class)
                .recoverWithUni(failure -> repeat(failure.taskId(), admitted))
                .onFailure()
                .transform(StoreTrouble::refusal);
    }

    /** Writes the task down and queues it, whether or not the caller is still there when that is done. */
    private Uni<TaskState> enter(Caller caller, String id, TaskEvent.Submitted submitted) {
        var task = new ActiveTask(journal, epoch, id, null, 0);
        return Begun.now(task.record(submitted, audit.submitted(caller, id, submitted))
                .onFailure()
                .invoke(() -> queue.release(submitted.owner()))
                .invoke(() -> dispatcher.submit(task)));
    }

    private Refusal noPlace(FairQueue.Place place, String owner, Grant grant) {
        String words = place == FairQueue.Place.QUEUE_FULL
                ? "the queue is full with " + queue.size() + " tasks"
                : owner + " has as many tasks waiting as rule " + grant.rule() + " allows: "
                        + grant.share().maxQueued();
        return Refusal.later(CauseCode.QUEUE_FULL.because(words), Refusal.SOON);
    }

    /** A repeat is answered even when the queue or the disk is full: it takes no place. */
    private Uni<Accepted> refuseUnlessRepeat(Refusal refusal, String owner, Admission.Admitted admitted, String key) {
        Uni<Optional<String>> first =
                key == null ? Uni.createFrom().item(Optional.empty()) : index.taskOfKey(owner, key);
        return first.chain(id -> repeat(id.orElseThrow(() -> refusal), admitted))
                .onFailure()
                .transform(StoreTrouble::refusal);
    }

    private Uni<Accepted> repeat(String first, Admission.Admitted admitted) {
        return states.of(first).map(state -> {
            if (!state.submitted().specHash().equals(admitted.hash())) {
                throw Refusal.of(CauseCode.IDEMPOTENCY_MISMATCH.because(
                        "the Idempotency-Key was used for task " + first + ", whose spec differs"));
            }
            return new Accepted(states.view(TaskRow.of(first, state)), true);
        });
    }
}

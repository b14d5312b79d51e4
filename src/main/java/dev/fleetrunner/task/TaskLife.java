package dev.fleetrunner.task;

import java.util.List;

/**
 * The one place that knows which event may follow in which state.
 *
 * <table>
 *   <caption>state × event → state; all else is refused</caption>
 *   <tr><th></th><th>Preparing</th><th>Started</th><th>Collecting</th><th>CancelRequested</th><th>TakenOver</th><th>Finished</th></tr>
 *   <tr><th>(none)</th><td colspan="6">only Submitted → Queued</td></tr>
 *   <tr><th>Queued</th><td>Preparing</td><td></td><td></td><td>Queued</td><td></td><td>Done</td></tr>
 *   <tr><th>Preparing</th><td></td><td>Running</td><td></td><td>Preparing</td><td>Preparing</td><td>Done</td></tr>
 *   <tr><th>Running</th><td></td><td></td><td>Collecting</td><td>Running</td><td>Running</td><td>Done</td></tr>
 *   <tr><th>Collecting</th><td></td><td></td><td></td><td>Collecting</td><td>Collecting</td><td>Done</td></tr>
 *   <tr><th>Done</th><td colspan="6">nothing</td></tr>
 * </table>
 */
public final class TaskLife {
    private TaskLife() {}

    /**
     * The state after an event.
     *
     * @param state the state before it; null before the first event
     * @throws IllegalTransition if the event may not follow in this state
     */
    public static TaskState after(TaskState state, TaskEvent event) {
        if (state == null && event instanceof TaskEvent.Submitted submitted) {
            return new TaskState.Queued(submitted, null);
        }
        if (state == null || state instanceof TaskState.Done) {
            throw new IllegalTransition(state, event);
        }
        if (event instanceof TaskEvent.Finished finished) {
            return new TaskState.Done(state.submitted(), finished.result());
        }
        if (event instanceof TaskEvent.CancelRequested cancel) {
            return cancelRequested(state, cancel.by());
        }
        if (event instanceof TaskEvent.TakenOver && !(state instanceof TaskState.Queued)) {
            return state;
        }
        if (state instanceof TaskState.Queued queued && event instanceof TaskEvent.Preparing preparing) {
            return new TaskState.Preparing(queued.submitted(), preparing, queued.cancelRequestedBy());
        }
        if (state instanceof TaskState.Preparing preparing && event instanceof TaskEvent.Started started) {
            return new TaskState.Running(
                    preparing.submitted(), preparing.prepared(), started, preparing.cancelRequestedBy());
        }
        if (state instanceof TaskState.Running running && event instanceof TaskEvent.Collecting collecting) {
            return new TaskState.Collecting(
                    running.submitted(),
                    running.prepared(),
                    running.started(),
                    collecting.at(),
                    collecting.exitCode(),
                    running.cancelRequestedBy());
        }
        throw new IllegalTransition(state, event);
    }

    /** The state after a whole history; null for an empty one. */
    public static TaskState fold(List<? extends TaskEvent> history) {
        return after(null, history);
    }

    /** The state after some events, one after the other; see {@link #after(TaskState, TaskEvent)}. */
    public static TaskState after(TaskState state, List<? extends TaskEvent> events) {
        TaskState now = state;
        for (TaskEvent event : events) {
            now = after(now, event);
        }
        return now;
    }

    private static TaskState cancelRequested(TaskState state, String by) {
        String first = state.cancelRequestedBy() == null ? by : state.cancelRequestedBy();
        if (state instanceof TaskState.Queued queued) {
            return new TaskState.Queued(queued.submitted(), first);
        }
        if (state instanceof TaskState.Preparing preparing) {
            return new TaskState.Preparing(preparing.submitted(), preparing.prepared(), first);
        }
        if (state instanceof TaskState.Running running) {
            return new TaskState.Running(running.submitted(), running.prepared(), running.started(), first);
        }
        TaskState.Collecting collecting = (TaskState.Collecting) state;
        return new TaskState.Collecting(
                collecting.submitted(),
                collecting.prepared(),
                collecting.started(),
                collecting.since(),
                collecting.exitCode(),
                first);
    }

    /** An event that may not follow in the state a task is in. */
    public static final class IllegalTransition extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        IllegalTransition(TaskState state, TaskEvent event) {
            super(event.getClass().getSimpleName() + " cannot follow in "
                    + (state == null ? "(none)" : state.getClass().getSimpleName()));
        }
    }
}

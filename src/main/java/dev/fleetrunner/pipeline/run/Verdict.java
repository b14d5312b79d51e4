package dev.fleetrunner.pipeline.run;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.runtime.Exit;
import dev.fleetrunner.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges how a command ended: the same facts lead to the same cause on every runtime. */
final class Verdict {
    private static final Duration CLOCKS_DIFFER = Duration.ofMillis(500);

    private Verdict() {}

    /** Why the runner ended a command; the order is that of precedence. */
    enum Stopped {
        NOT,
        CANCELLED,
        TIMED_OUT
    }

    static Ending of(TaskSpec spec, Exit exit, Stopped stopped, String cancelledBy) {
        if (stopped == Stopped.CANCELLED) {
            return new Ending(CauseCode.CANCELLED.because("cancelled by " + cancelledBy), exit, false);
        }
        if (stopped == Stopped.TIMED_OUT && !endedInTime(spec, exit) || exit.deadlineReached()) {
            return new Ending(
                    CauseCode.TIMEOUT.because(
                            "the command ran longer than " + spec.timeouts().overallSec() + " s"),
                    exit,
                    false);
        }
        if (exit.diskUsedBytes() != null) {
            return new Ending(
                    CauseCode.RESOURCE_LIMIT.because("resources.disk: the task's files took " + exit.diskUsedBytes()
                            + " bytes of " + spec.resources().diskBytes()),
                    exit,
                    true);
        }
        if (!exit.executed()) {
            return new Ending(
                    CauseCode.COMMAND_NOT_FOUND.because(spec.cmd().get(0) + " cannot be executed (exit code "
                            + exit.code() + "); the log has the reason"),
                    exit,
                    true);
        }
        if (exit.code() == 0) {
            return new Ending(null, exit, true);
        }
        if (exit.oomKilled()) {
            return new Ending(
                    CauseCode.OOM_KILLED.because(
                            "memory ran out at " + spec.resources().memoryBytes()
                                    + " bytes; the command ended with exit code " + exit.code()),
                    exit,
                    true);
        }
        return new Ending(
                CauseCode.EXIT_NONZERO.because("the command ended with exit code " + exit.code()), exit, true);
    }

    /** A command may have ended by itself while no runner was there to see it; two clocks differ by a little. */
    private static boolean endedInTime(TaskSpec spec, Exit exit) {
        Duration limit = Duration.ofSeconds(spec.timeouts().overallSec());
        return Duration.between(exit.startedAt(), exit.finishedAt())
                        .plus(CLOCKS_DIFFER)
                        .compareTo(limit)
                < 0;
    }

    /** Why an earlier life of the runner had ended the command: it wrote down the exit code of one that ended by itself. */
    static Stopped of(TaskState.Collecting earlier) {
        if (earlier.exitCode() != null) {
            return Stopped.NOT;
        }
        return earlier.cancelRequestedBy() == null ? Stopped.TIMED_OUT : Stopped.CANCELLED;
    }

    /** What is worth knowing but changes nothing. */
    static List<String> notes(Ending ending) {
        List<String> notes = new ArrayList<>();
        if (ending.cause() == null && ending.exit() != null && ending.exit().oomKilled()) {
            notes.add("the kernel ended a process of the task for memory, yet the command passed");
        }
        return notes;
    }
}

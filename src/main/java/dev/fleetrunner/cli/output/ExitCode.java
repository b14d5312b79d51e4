package dev.fleetrunner.cli.output;

/** What {@code fleet} ends with. A task's own exit code is handed through, so any other is possible. */
public final class ExitCode {
    /** Done; of a task: it passed. */
    public static final int OK = 0;
    /** The service refused. */
    public static final int REFUSED = 1;
    /** Wrong usage, or a wrong configuration. */
    public static final int USAGE = 2;
    /** The service cannot be reached. */
    public static final int UNREACHABLE = 69;
    /** This client itself failed. */
    public static final int INTERNAL = 70;
    /** The task is not over yet. */
    public static final int NOT_OVER = 75;
    /** The task ran out of its time. */
    public static final int TIMEOUT = 124;
    /** The runner, the engine or the image could not do their part, or the service refused the task. */
    public static final int RUNNER = 125;
    /** The task's command cannot be executed. */
    public static final int NO_COMMAND = 127;
    /** The task was cancelled. */
    public static final int CANCELLED = 130;
    /** Nobody reads standard output any more. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}

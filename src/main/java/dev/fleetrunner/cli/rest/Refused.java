package dev.fleetrunner.cli.rest;

/** The service answered, and said no. */
public final class Refused extends RuntimeException {
    private final transient Problem problem;
    private final int status;

    /** With the status of HTTP and what the service says. */
    public Refused(int status, Problem problem) {
        super(problem.detail());
        this.status = status;
        this.problem = problem;
    }

    /** What it says. */
    public Problem problem() {
        return problem;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }
}

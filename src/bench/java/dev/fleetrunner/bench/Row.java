package dev.fleetrunner.bench;

/**
 * A line of the table.
 *
 * @param what is measured
 * @param engine podman, docker, or a dash where it does not matter
 * @param ours Fleet Runner's own values
 * @param alternative the values of what it is compared with in the same run, or a dash
 * @param figure the ratio or the value that is held against the target
 * @param target the target, or a dash
 */
record Row(String what, String engine, String ours, String alternative, String figure, String target, Verdict verdict) {
    static final String NONE = "–";

    /** A line that says why there is no figure. */
    static Row notMeasured(String what, String engine, String why) {
        return new Row(what, engine, NONE, NONE, why, NONE, Verdict.NOT_MEASURED);
    }

    /** A line without a target. */
    static Row reported(String what, String engine, String ours, String alternative, String figure) {
        return new Row(what, engine, ours, alternative, figure, NONE, Verdict.REPORTED);
    }
}

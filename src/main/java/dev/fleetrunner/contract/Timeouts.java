package dev.fleetrunner.contract;

/**
 * Limits of time, all in seconds.
 *
 * @param overallSec the command's own time, from the container's start
 * @param queueSec waiting in the queue
 * @param imageSec getting the image
 * @param graceSec between TERM and KILL
 */
public record Timeouts(int overallSec, int queueSec, int imageSec, int graceSec) {
    public static final Timeouts DEFAULT = new Timeouts(2400, 600, 300, 10);

    /** The same with another time for the command. */
    public Timeouts withOverallSec(int most) {
        return new Timeouts(most, queueSec, imageSec, graceSec);
    }

    /** The same with another time between TERM and KILL. */
    public Timeouts withGraceSec(int most) {
        return new Timeouts(overallSec, queueSec, imageSec, most);
    }
}

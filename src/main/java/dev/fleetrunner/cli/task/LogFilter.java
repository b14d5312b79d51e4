package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.rest.Address;

/**
 * Which part of a log is wanted; null is all.
 *
 * @param from the first number
 * @param tail only the last so many
 * @param stream stdout or stderr
 * @param grep only those with this text
 */
public record LogFilter(Long from, Long tail, String stream, String grep) {
    /** All of it. */
    public static final LogFilter ALL = new LogFilter(null, null, null, null);

    LogFilter after(long seq) {
        return seq == 0 ? this : new LogFilter(seq + 1, null, stream, grep);
    }

    Address address(String id, boolean follow) {
        return Address.ofTask(id, "/logs")
                .with("from", from)
                .with("tail", tail)
                .with("stream", stream)
                .with("grep", grep)
                .with("follow", follow ? true : null);
    }
}

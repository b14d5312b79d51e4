package dev.fleetrunner.console.log;

import java.util.List;

/**
 * Some lines of a log that follow one another.
 *
 * @param total how many there are in all, now
 * @param sealed whether no more will come
 */
public record LogWindow(long total, boolean sealed, List<LogLine> lines) {}

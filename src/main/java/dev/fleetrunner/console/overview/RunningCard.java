package dev.fleetrunner.console.overview;

import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.console.plot.Sparks;
import dev.fleetrunner.console.tasks.TaskLine;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.pipeline.run.ActiveTask;
import dev.fleetrunner.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A task that has a container or is getting one, in words and charts.
 *
 * @param phase what is being done for it
 * @param command in one line, cut
 * @param caseId the caller's case, or null
 * @param caseLink the page of the case; null without one
 * @param elapsed how long the command has run; null before it was started
 * @param elapsedSec the same in seconds
 * @param limit how long it may run
 * @param cpu processors in use and allowed; null without a sample
 * @param memory in use and allowed; null without a sample
 * @param sparks the same over time; null without a sample
 */
public record RunningCard(
        String id,
        String shortId,
        String phase,
        String image,
        String command,
        String owner,
        String caseId,
        String caseLink,
        String elapsed,
        long elapsedSec,
        String limit,
        int limitSec,
        String cpu,
        String memory,
        Sparks sparks) {
    private static final int COMMAND = 120;
    private static final double MILLIS = 1000;

    /** As it stands at a moment. */
    public static RunningCard of(ActiveTask task, Instant now) {
        TaskRow row = TaskRow.of(task.id(), task.state());
        TaskSpec spec = task.state().submitted().spec();
        Usage usage = task.usage();
        Duration elapsed = row.startedAt() == null ? null : Duration.between(row.startedAt(), now);
        int limit = spec.timeouts().overallSec();
        return new RunningCard(
                row.id(),
                Words.shortId(row.id()),
                row.phase().word(),
                row.image(),
                Words.cut(Words.command(spec.cmd()), COMMAND),
                row.owner(),
                row.caseId(),
                TaskLine.caseLink(row.caseId()),
                elapsed == null ? null : Words.duration(elapsed),
                elapsed == null ? 0 : Math.min(limit, Math.max(0, elapsed.toSeconds())),
                Words.duration(Duration.ofSeconds(limit)),
                limit,
                usage == null ? null : cpu(usage, spec.resources()),
                usage == null
                        ? null
                        : Words.bytes(usage.memoryBytes()) + " of "
                                + Words.bytes(spec.resources().memoryBytes()),
                Sparks.of(task.usageSoFar(), spec.resources()));
    }

    private static String cpu(Usage usage, Resources limits) {
        double used = usage.cpus() == null ? 0 : usage.cpus();
        return String.format(Locale.ROOT, "%.2f of %s processors", used, Words.decimal(limits.cpuMillis() / MILLIS));
    }
}

package dev.fleetrunner.pipeline;

import dev.fleetrunner.report.ReportReader;
import dev.fleetrunner.report.ReportTable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** The use case of one report among a task's artifacts, test by test. */
public final class ReportReading {
    private static final int ROWS = 2000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Executor readers;
    private final ReportReader reader = new ReportReader();

    /** @param readers where reports are read: what a task wrote may be slow to read */
    ReportReading(Executor readers) {
        this.readers = readers;
    }

    /** What a file says; nothing in it if it is no report. */
    public Uni<ReportTable> table(OpenArtifact file) {
        return Uni.createFrom()
                .item(() -> reader.table(file.asReport(), ROWS))
                .runSubscriptionOn(readers)
                .ifNoItem()
                .after(LIMIT)
                .recoverWithItem(() -> new ReportTable(
                        null, null, List.of(), List.of("it was not read within " + LIMIT.toSeconds() + " s")));
    }
}

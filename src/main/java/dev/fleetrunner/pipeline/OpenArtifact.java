package dev.fleetrunner.pipeline;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.report.ReportFile;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;

/** A file that a task left behind and that its reader may see. */
public final class OpenArtifact {
    private final ArtifactStore store;
    private final String taskId;
    private final ArtifactFile file;

    OpenArtifact(ArtifactStore store, String taskId, ArtifactFile file) {
        this.store = store;
        this.taskId = taskId;
        this.file = file;
    }

    /** What is known of it. */
    public ArtifactFile file() {
        return file;
    }

    /** As {@link ArtifactStore#read}. */
    public Multi<Buffer> read(long offset, long length) {
        return store.read(taskId, file.path(), offset, length);
    }

    /** For whoever reads it as a report, on a worker. */
    ReportFile asReport() {
        return new ReportFile("/" + file.path(), file.size(), () -> store.open(taskId, file));
    }
}

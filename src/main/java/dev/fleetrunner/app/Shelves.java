package dev.fleetrunner.app;

import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.retention.AuditShelf;
import dev.fleetrunner.pipeline.retention.CachesShelf;
import dev.fleetrunner.pipeline.retention.Retention.Shelved;
import dev.fleetrunner.pipeline.retention.Rule;
import dev.fleetrunner.pipeline.retention.TaskFilesShelf;
import dev.fleetrunner.pipeline.retention.TasksShelf;
import dev.fleetrunner.pipeline.retention.WorkspacesShelf;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.store.Journal;
import dev.fleetrunner.store.TaskIndex;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.List;

/** What this runner keeps, and how long by its settings. */
final class Shelves {
    private Shelves() {}

    /** In the order of the sweep: tasks first, for they take their files along. */
    static List<Shelved> of(
            RetentionConfig config, Stores stores, Journal.Epoch epoch, Runtimes runtimes, Audit audit) {
        TaskIndex index = stores.state();
        LogStore logs = stores.logs();
        ArtifactStore artifacts = stores.artifacts();
        var logShelf = new TaskFilesShelf("logs", index, logs::kept, logs::deleteUnused);
        var artifactShelf = new TaskFilesShelf("artifacts", index, artifacts::kept, artifacts::deleteUnused);
        var taskShelf = new TasksShelf(index, stores.state(), epoch, List.of(logShelf, artifactShelf));
        return List.of(
                new Shelved(
                        taskShelf,
                        new Rule(config.tasks().maxAge(), config.tasks().maxCount(), 0)),
                new Shelved(logShelf, rule(config.logs().maxAge(), config.logs().maxBytes())),
                new Shelved(
                        artifactShelf,
                        rule(config.artifacts().maxAge(), config.artifacts().maxBytes())),
                new Shelved(
                        new WorkspacesShelf(stores.workspaces()),
                        rule(config.workspaces().maxAge(), config.workspaces().maxBytes())),
                new Shelved(
                        new CachesShelf(stores.caches(), runtimes),
                        new Rule(config.caches().maxAge(), 0, 0)),
                new Shelved(
                        new AuditShelf(audit),
                        rule(config.audit().maxAge(), config.audit().maxBytes())));
    }

    private static Rule rule(Duration maxAge, MemorySize maxBytes) {
        return new Rule(maxAge, 0, maxBytes.asLongValue());
    }
}

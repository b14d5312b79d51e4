package dev.fleetrunner.app;

import dev.fleetrunner.artifact.ArtifactStore;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.store.sqlite.SqliteStore;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.WorkspaceStore;
import java.time.Clock;
import java.util.concurrent.Executor;

/** All that a runner keeps on its disk, opened as the settings say. */
record Stores(SqliteStore state, LogStore logs, ArtifactStore artifacts, WorkspaceStore workspaces, Caches caches) {

    static Stores open(DataDirectory data, FleetConfig config, Executor worker) {
        var state = new SqliteStore(data.resolve("state.db"), new StoreCodec(), worker);
        long logBytes = config.logs().maxBytes().asLongValue();
        return new Stores(
                state,
                new LogStore(data.resolve("logs"), worker, logBytes),
                new ArtifactStore(data.resolve("artifacts"), worker, limits(config.artifacts())),
                new WorkspaceStore(data.resolve("workspaces"), worker, limits(config.workspaces()), Clock.systemUTC()),
                new Caches(data.resolve("caches"), worker, Clock.systemUTC()));
    }

    private static dev.fleetrunner.artifact.Limits limits(FleetConfig.Artifacts config) {
        return dev.fleetrunner.artifact.Limits.of(
                config.maxFiles(),
                config.maxBytes().asLongValue(),
                config.maxFileBytes().asLongValue());
    }

    private static dev.fleetrunner.workspace.Limits limits(FleetConfig.Workspaces config) {
        return new dev.fleetrunner.workspace.Limits(
                config.maxUploadBytes().asLongValue(), config.maxBytes().asLongValue(), config.maxEntries());
    }
}

package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Table;
import dev.fleetrunner.cli.output.Words;

/** What runs, with what it uses now. */
final class ContainerTable {
    private static final double PER_CENT = 100;

    private ContainerTable() {}

    static Table of(JsonNode containers) {
        Table table = new Table("TASK", "PHASE", "TIME", "CPU", "MEMORY", "PIDS", "OWNER", "IMAGE");
        for (JsonNode container : containers.path("containers")) {
            JsonNode usage = container.path("usage");
            String started = Json.text(container, "startedAt");
            table.row(
                    Json.text(container, "id"),
                    Json.text(container, "phase"),
                    started == null ? null : Words.between(started, null),
                    usage.path("cpus").isNumber()
                            ? Math.round(usage.path("cpus").asDouble() * PER_CENT) + " %"
                            : null,
                    usage.path("memoryBytes").isNumber()
                            ? Words.bytes(usage.path("memoryBytes").asLong())
                            : null,
                    Json.text(usage, "pids"),
                    Json.text(container, "owner"),
                    Json.text(container, "image"));
        }
        return table;
    }
}

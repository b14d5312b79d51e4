package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Style;
import dev.fleetrunner.cli.output.Words;

/** A TaskResult for people: what is not there takes no line. */
final class ResultView {
    private final Screen screen;
    private final Style style;

    ResultView(Screen screen) {
        this.screen = screen;
        style = screen.style();
    }

    void print(JsonNode result) {
        field("task", Json.text(result, "id"));
        String code = Json.text(result, "exitCode");
        field("status", style.status(Json.text(result, "status")) + (code == null ? "" : ", exit code " + code));
        JsonNode cause = result.path("cause");
        if (cause.isObject()) {
            field("cause", Json.text(cause, "code") + ": " + printable(cause, "message"));
            field("remedy", printable(cause, "remedy"));
        }
        tests(result.path("tests"));
        if (result.path("coverage").isObject()) {
            field("coverage", Json.text(result.path("coverage"), "linePercent") + " % of lines");
        }
        used(result.path("metadata"));
        captured(result.path("captured"));
        result.path("deniedHosts").forEach(host -> field("denied", Words.printable(host.asText())));
        result.path("notes").forEach(note -> field("note", Words.printable(note.asText())));
    }

    private void tests(JsonNode tests) {
        if (!tests.isObject()) {
            return;
        }
        field(
                "tests",
                tests.path("passed").asText() + " passed, "
                        + tests.path("failed").asText() + " failed, "
                        + tests.path("skipped").asText() + " skipped in "
                        + Words.seconds(tests.path("durationSec").asDouble()));
        for (JsonNode failure : tests.path("failures")) {
            String place = Json.text(failure, "file");
            String line = Json.text(failure, "line");
            field(
                    "",
                    style.bad(Words.printable(Json.text(failure, "name")))
                            + (place == null ? "" : "  " + Words.printable(place) + (line == null ? "" : ":" + line)));
            String message = printable(failure, "message");
            if (message != null) {
                field("", "  " + message);
            }
        }
    }

    private void used(JsonNode metadata) {
        String cpu = Json.text(metadata, "cpuSeconds");
        JsonNode memory = metadata.path("peakMemoryBytes");
        field(
                "used",
                Words.seconds(metadata.path("duration").asDouble())
                        + (cpu == null ? "" : ", " + Words.seconds(Double.parseDouble(cpu)) + " of CPU")
                        + (memory.isNumber() ? ", " + Words.bytes(memory.asLong()) + " of memory" : ""));
    }

    private void captured(JsonNode captured) {
        field(
                "log",
                Words.bytes(captured.path("logBytes").asLong())
                        + (captured.path("logTruncated").asBoolean() ? ", cut off" : ""));
        captured.path("artifacts")
                .forEach(artifact -> field(
                        "artifact",
                        printable(artifact, "path") + "  "
                                + Words.files(artifact.path("files").asLong()) + ", "
                                + Words.bytes(artifact.path("sizeBytes").asLong())));
    }

    private static String printable(JsonNode tree, String field) {
        String text = Json.text(tree, field);
        return text == null ? null : Words.printable(text);
    }

    private void field(String name, String value) {
        screen.line(style.faint(name) + " ".repeat(Math.max(1, 10 - name.length())) + value);
    }
}

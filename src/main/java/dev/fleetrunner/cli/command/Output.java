package dev.fleetrunner.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.output.Format;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Yaml;
import dev.fleetrunner.cli.rest.Answer;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option of every command that prints data. */
public final class Output {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json: the service's answer, unchanged; yaml; table, the default.")
    private Format format;

    /** Whether it was given. */
    boolean isGiven() {
        return format != null;
    }

    /** Whether the data is for people. */
    boolean isTable() {
        return format == null || format == Format.table;
    }

    /** Writes an answer; what is for people is written by the last argument. */
    void print(Screen screen, Answer answer, Consumer<JsonNode> table) {
        if (isTable()) {
            table.accept(answer.tree());
        } else if (format == Format.yaml) {
            screen.line(Yaml.write(answer.tree()).stripTrailing());
        } else {
            screen.bytes(answer.body());
            if (answer.body().length > 0 && answer.body()[answer.body().length - 1] != '\n') {
                screen.bytes(new byte[] {'\n'});
            }
        }
    }
}

package dev.fleetrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.cli.output.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/cli.md} has every command, and every option of a spec. */
class DocumentTest {
    private static CommandLine fleet() {
        var none = OutputStream.nullOutputStream();
        var shell = new Shell(InputStream.nullInputStream(), none, none, false, false, 0, Map.of());
        return Parsing.of(new Fleet(shell));
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs", "cli.md"));
    }

    private static void commands(CommandLine command, Set<String> found) {
        if (command.getSubcommands().isEmpty()) {
            found.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(below -> commands(below, found));
    }

    @Test
    void everyCommandHasAnExample() throws IOException {
        Set<String> commands = new TreeSet<>();
        commands(fleet(), commands);
        assertThat(commands).hasSizeGreaterThan(20);
        assertThat(document()).contains(commands);
    }

    @Test
    void everyOptionOfASpecIsThere() throws IOException {
        CommandLine run = fleet().getSubcommands().get("run");
        Set<String> options = new TreeSet<>();
        run.getCommandSpec().options().forEach(option -> options.add(option.shortestName()));
        options.remove("-h");
        assertThat(document()).contains(options);
    }
}

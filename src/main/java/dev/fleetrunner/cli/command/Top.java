package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Keyboard;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows what runs, again and again. */
@Command(name = "top", description = "What runs, again and again until q or Ctrl-C; once where there is no terminal.")
public final class Top implements Callable<Integer> {
    private static final String HOME = "\033[H";
    private static final String TO_END_OF_LINE = "\033[K";
    private static final String TO_END_OF_SCREEN = "\033[J";

    @ParentCommand
    private Session session;

    @Mixin
    private Output output;

    @Option(names = "--every", paramLabel = "SEC", defaultValue = "2", description = "How often; every 2 seconds.")
    private int every;

    @Override
    public Integer call() {
        Screen screen = session.screen();
        Address address = Address.of("/api/v1/containers");
        if (!screen.shell().outIsTerminal() || !output.isTable()) {
            output.print(screen, session.service().get(address), all -> ContainerTable.of(all)
                    .print(screen));
            return ExitCode.OK;
        }
        screen.text("\033[2J");
        try (Keyboard keyboard = Keyboard.open(screen.shell())) {
            do {
                var containers = session.service().get(address).tree();
                List<String> lines = ContainerTable.of(containers)
                        .lines(screen.style(), screen.shell().columns());
                String head = containers.path("containers").size() + " running at "
                        + session.service().url() + screen.style().faint("  (q ends)");
                screen.text(HOME + head + TO_END_OF_LINE + "\n" + String.join(TO_END_OF_LINE + "\n", lines)
                        + TO_END_OF_LINE + "\n" + TO_END_OF_SCREEN);
            } while (keyboard.next(Math.max(1, every)) != 'q');
        }
        return ExitCode.OK;
    }
}

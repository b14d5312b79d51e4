package dev.fleetrunner.cli;

import dev.fleetrunner.cli.command.Judged;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.ClosedPipe;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Problem;
import dev.fleetrunner.cli.rest.Refused;
import dev.fleetrunner.cli.rest.Unreachable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in words and as an exit code. */
final class Failures {
    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    /** The arguments are wrong. */
    int usage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(name + ": " + words(wrong));
        var suggestions = wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : null;
        if (suggestions != null && !suggestions.isEmpty()) {
            screen.note("did you mean " + String.join(" or ", suggestions) + "?");
        }
        screen.note("see " + name + " --help");
        return ExitCode.USAGE;
    }

    private static String words(ParameterException wrong) {
        boolean group = !wrong.getCommandLine().getSubcommands().isEmpty();
        if (group && wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "there is no command " + unmatched.getUnmatched().get(0);
        }
        return wrong.getMessage().lines().findFirst().orElse("");
    }

    /** A command failed. */
    int failed(Exception failure, CommandLine command, ParseResult parsed) {
        try {
            return told(failure, command);
        } catch (ClosedPipe nobodyListens) {
            return ExitCode.CLOSED_PIPE;
        }
    }

    private int told(Exception failure, CommandLine command) {
        if (failure instanceof ClosedPipe) {
            return ExitCode.CLOSED_PIPE;
        }
        if (failure instanceof Misconfigured wrong) {
            say(command.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof Unreachable nobody) {
            say("fleet: " + nobody.getMessage() + "; start the service, or set its address: --url, FLEET_URL,"
                    + " or fleet config set NAME --url URL");
            return ExitCode.UNREACHABLE;
        }
        boolean ofTask = command.getCommand() instanceof Judged;
        if (failure instanceof Refused refused) {
            say(refused.problem());
            return ofTask ? ExitCode.RUNNER : ExitCode.REFUSED;
        }
        String words = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        say("fleet: " + words.lines().findFirst().orElse(""));
        return ofTask ? ExitCode.RUNNER : ExitCode.REFUSED;
    }

    private void say(Problem problem) {
        String remedy = problem.remedy() == null ? "" : "; " + problem.remedy();
        say("fleet: " + problem.code() + ": " + problem.detail() + remedy);
        problem.faults()
                .forEach(fault -> screen.note("  " + (fault.pointer().isEmpty() ? "/" : fault.pointer()) + ": "
                        + Words.printable(fault.message())
                        + (fault.remedy() == null ? "" : "; " + Words.printable(fault.remedy()))));
    }

    private void say(String line) {
        screen.note(screen.noteStyle().bad(Words.printable(line)));
    }
}

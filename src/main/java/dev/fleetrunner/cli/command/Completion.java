package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = {
            "What makes a shell complete commands and options:",
            "bash: source <(fleet completion bash), in ~/.bashrc to keep it;",
            "zsh: source <(fleet completion zsh), in ~/.zshrc behind compinit."
        })
public final class Completion implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Kind kind;

    /** The shells. */
    enum Kind {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        // For zsh it turns on zsh's own way of taking what is made for bash.
        session.screen().text(AutoComplete.bash("fleet", spec.root().commandLine()));
        return ExitCode.OK;
    }
}

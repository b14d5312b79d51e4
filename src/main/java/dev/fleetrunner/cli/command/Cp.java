package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.files.Download;
import dev.fleetrunner.cli.files.Upload;
import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Copies files out of a task, or in for tasks. */
@Command(
        name = "cp",
        description = {
            "Copy artifacts of a task here, or files for tasks to the service:",
            "fleet cp TASK:/workspace/out DIR   a file or a directory that the task left behind",
            "fleet cp TASK: DIR                 all of them, each at its path",
            "fleet cp TASK:/workspace/f -       a file to standard output; of TASK: a zip",
            "fleet cp DIR ws:                   a directory or an archive, for --workspace; prints its ws- id"
        })
public final class Cp implements Callable<Integer> {
    private static final Pattern OF_TASK = Pattern.compile("([0-9A-Za-z_-]+):(.*)");
    private static final String WORKSPACE = "ws:";

    @ParentCommand
    private Session session;

    @Parameters(index = "0", paramLabel = "FROM", description = "TASK:[PATH], a directory or an archive.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "A directory, - or ws:.")
    private String to;

    @Override
    public Integer call() throws IOException {
        if (to.equals(WORKSPACE)) {
            return upload(Path.of(from));
        }
        Matcher task = OF_TASK.matcher(from);
        if (!task.matches()) {
            throw new Misconfigured("cp copies from TASK:[PATH] to a directory or -, or from a directory to ws:; "
                    + from + " and " + to + " are neither");
        }
        var download = new Download(session.screen(), session.service(), task.group(1));
        if (to.equals("-")) {
            download.print(task.group(2));
        } else {
            download.save(task.group(2), Path.of(to));
        }
        return ExitCode.OK;
    }

    private int upload(Path source) {
        if (!Files.exists(source)) {
            throw new Misconfigured(source + ": there is no such directory or archive");
        }
        var added = new Upload(session.screen(), session.service()).of(source).tree();
        session.screen().line(Json.text(added, "id"));
        return ExitCode.OK;
    }
}

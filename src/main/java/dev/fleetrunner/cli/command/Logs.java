package dev.fleetrunner.cli.command;

import dev.fleetrunner.cli.output.ExitCode;
import dev.fleetrunner.cli.rest.LogLine;
import dev.fleetrunner.cli.task.Following;
import dev.fleetrunner.cli.task.LogFilter;
import dev.fleetrunner.cli.task.LogPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what a task wrote. */
@Command(
        name = "logs",
        description = "What a task wrote: to standard output what it wrote there, to standard error the same.")
public final class Logs implements Callable<Integer> {
    @ParentCommand
    private Session session;

    @Parameters(paramLabel = "TASK", description = "Id of a task.")
    private String task;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the task is over.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "Only the last N records.")
    private Long tail;

    @Option(names = "--grep", paramLabel = "TEXT", description = "Only records with this text.")
    private String grep;

    @Option(names = "--stream", paramLabel = "STREAM", description = "stdout or stderr; both if not given.")
    private String stream;

    @Option(names = "--from", paramLabel = "N", description = "From this record on, counted from 1.")
    private Long from;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json: the records, a line each, with number, time and stream; text, the default.")
    private LogFormat format = LogFormat.text;

    /** How a log is written. */
    enum LogFormat {
        json,
        text
    }

    @Override
    public Integer call() {
        var screen = session.screen();
        Consumer<List<LogLine>> sink = format == LogFormat.text ? new LogPrinter(screen) : new RecordPrinter(screen);
        var following = new Following(session.service(), task, new LogFilter(from, tail, stream, grep), sink);
        if (follow) {
            following.toTheEnd();
        } else {
            following.upToNow();
        }
        return ExitCode.OK;
    }
}

package dev.fleetrunner.cli.spec;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A TaskSpec as options; what is not given is null. */
public final class SpecOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A TaskSpec in JSON or YAML; - for standard input.")
    String file;

    @Option(names = "--image", paramLabel = "IMAGE", description = "What to run it in; the service has a default.")
    String image;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "A variable; NAME alone takes the value it has here.")
    List<String> env;

    @Option(
            names = "--secret",
            paramLabel = "NAME=SECRET[:env]",
            description =
                    "A variable with the path of a file with a secret of the service; with :env, the secret itself.")
    List<String> secrets;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR[:TARGET]",
            description = "Files for the task, a directory or the ws- id of an upload; at /workspace if not said.")
    String workspace;

    @Option(
            names = "--mount",
            paramLabel = "KEY=VALUE,...",
            description = "type=bind|workspace|cache|tmpfs,source=...,target=...[,readonly][,size=...]")
    List<String> mounts;

    @Option(names = "--timeout", paramLabel = "SEC", description = "The command's own time.")
    Integer timeout;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory, such as 512Mi or 4Gi.")
    String memory;

    @Option(names = "--cpu", paramLabel = "N", description = "Processors, such as 2, 0.5 or 500m.")
    String cpu;

    @Option(names = "--pids", paramLabel = "N", description = "Processes and threads.")
    Integer pids;

    @Option(names = "--disk", paramLabel = "SIZE", description = "What its files may take.")
    String disk;

    @Option(
            names = "--artifact",
            paramLabel = "PATTERN",
            description = "What to keep: a path or a glob in the container; may be given several times.")
    List<String> artifacts;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "May be given several times.")
    List<String> labels;

    @Option(names = "--network", paramLabel = "MODE", description = "none, restricted or open.")
    String network;

    @Option(names = "--allow", paramLabel = "HOST", description = "A host that a restricted network leads to.")
    List<String> allow;

    @Option(names = "--runtime", paramLabel = "NAME", description = "auto, podman, docker or kubernetes.")
    String runtime;

    @Option(names = "--user", paramLabel = "UID[:GID]", description = "Whom the command runs as.")
    String user;

    @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, among your own tasks.")
    Integer priority;

    @Option(names = "--case", paramLabel = "ID", description = "Of the context.")
    String caseId;

    @Option(names = "--task-id", paramLabel = "ID", description = "Of the context.")
    String taskId;

    @Option(names = "--role", paramLabel = "ROLE", description = "Of the context.")
    String role;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The command with its arguments; what follows it is the command's own.")
    List<String> command;
}

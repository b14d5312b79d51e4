package dev.fleetrunner.console.submit;

import static dev.fleetrunner.console.submit.Field.Kind.LINE;
import static dev.fleetrunner.console.submit.Field.Kind.LINES;
import static dev.fleetrunner.console.submit.Field.Kind.NUMBER;
import static dev.fleetrunner.console.submit.Field.Kind.SWITCH;
import static dev.fleetrunner.console.submit.Field.Kind.TEXT;

import dev.fleetrunner.console.submit.Field.Choice;
import java.util.List;
import java.util.Optional;

/** The form: every field of the contract, in the order in which a person thinks of them. */
final class SpecForm {
    static final String CMD = "cmd";
    static final String SHELL = "/bin/sh -c";
    static final Field BY = Field.choice(
            "cmd.by",
            "Run by",
            new Choice(SHELL, SHELL + ": the text is a script"),
            new Choice("/bin/bash -c", "/bin/bash -c: the text is a script"),
            new Choice("/bin/bash -lc", "/bin/bash -lc: a script in a login shell"),
            new Choice("", "no shell: the program and its arguments, one a line"));

    static final Rows MOUNTS = new Rows(
            "mounts",
            "Mount",
            Field.choice(
                    "type",
                    "Type",
                    new Choice("workspace", "workspace: a copy of uploaded files"),
                    new Choice("cache", "cache: kept from task to task"),
                    new Choice("tmpfs", "tmpfs: memory"),
                    new Choice("bind", "bind: a directory of the engine's machine")),
            Field.of(LINE, "source", "Source"),
            Field.of(LINE, "target", "Target in the container"),
            Field.of(LINE, "size", "Size of a tmpfs"),
            Field.of(SWITCH, "readOnly", "Read only"));
    static final Rows ENV = new Rows(
            "env",
            "Variable",
            Field.of(LINE, "name", "Name"),
            Field.choice(
                    "as",
                    "Holds",
                    new Choice("", "a value"),
                    new Choice("file", "the path of a file with a secret"),
                    new Choice("env", "a secret itself")),
            Field.of(TEXT, "value", "Value, or the secret's name"));
    static final Rows LABELS =
            new Rows("labels", "Label", Field.of(LINE, "name", "Key"), Field.of(LINE, "value", "Value"));
    static final Rows HYDRATION = new Rows(
            "context.hydration_refs",
            "Source",
            Field.choice(
                    "kind", "Kind", new Choice("redis_key", "Redis key"), new Choice("neo4j_query", "Neo4j query")),
            Field.of(TEXT, "value", "Key or query"));

    static final List<Part> PARTS = List.of(
            Part.shown("run", "What runs", Field.of(LINE, "image", "Image"), BY, Field.of(TEXT, CMD, "Command")),
            new Part("files", "Files", false, MOUNTS, List.of(Field.of(LINES, "artifacts.paths", "Artifacts to keep"))),
            new Part("variables", "Variables", false, ENV, List.of()),
            Part.shown(
                    "limits",
                    "Limits",
                    Field.of(NUMBER, "timeouts.overallSec", "Seconds for the command"),
                    Field.of(LINE, "resources.cpu", "Processors"),
                    Field.of(LINE, "resources.memory", "Memory")),
            Part.folded(
                    "more-limits",
                    "More limits",
                    Field.of(NUMBER, "resources.pids", "Processes"),
                    Field.of(LINE, "resources.disk", "Disk"),
                    Field.of(NUMBER, "timeouts.queueSec", "Seconds in the queue"),
                    Field.of(NUMBER, "timeouts.imageSec", "Seconds for the image"),
                    Field.of(NUMBER, "timeouts.graceSec", "Seconds to stop")),
            Part.shown(
                    "net",
                    "Network",
                    Field.choice(
                            "network.mode",
                            "May reach",
                            new Choice("", "nothing, by default"),
                            new Choice("none", "none: nothing, in so many words"),
                            new Choice("restricted", "restricted: the hosts below"),
                            new Choice("open", "open: everything")),
                    Field.of(LINES, "network.allow", "Hosts")),
            new Part(
                    "case",
                    "Case and labels",
                    false,
                    LABELS,
                    List.of(
                            Field.of(LINE, "context.case_id", "Case"),
                            Field.of(LINE, "context.task_id", "Your name for the task"),
                            Field.of(LINE, "context.role", "Role"))),
            new Part(
                    "more-context",
                    "More context",
                    true,
                    HYDRATION,
                    List.of(
                            Field.of(LINES, "context.scope", "Scope"),
                            Field.choice(
                                    "context.on_missing",
                                    "If a source is missing",
                                    new Choice("", "a note, by default"),
                                    new Choice("note", "note"),
                                    new Choice("error", "error")))),
            Part.folded(
                    "place",
                    "Where and how it runs",
                    Field.of(NUMBER, "priority", "Priority"),
                    Field.of(LINE, "runtime", "Runtime"),
                    Field.of(LINE, "isolation", "Isolation"),
                    Field.of(LINE, "user", "User"),
                    Field.of(SWITCH, "engine", "A container engine of its own")));

    private SpecForm() {}

    /**
     * Fields of which there may be any number.
     *
     * @param one what one is called
     */
    record Rows(String name, String one, List<Field> cells) {
        Rows(String name, String one, Field... cells) {
            this(name, one, List.of(cells));
        }

        String id(int row, Field cell) {
            return name + "." + row + "." + cell.name();
        }

        Optional<Field> cell(String cell) {
            return cells.stream().filter(known -> known.name().equals(cell)).findFirst();
        }
    }

    /**
     * Fields that belong together.
     *
     * @param folded whether it is out of sight until it is needed
     * @param rows null for none
     */
    record Part(String id, String title, boolean folded, Rows rows, List<Field> fields) {
        static Part shown(String id, String title, Field... fields) {
            return new Part(id, title, false, null, List.of(fields));
        }

        static Part folded(String id, String title, Field... fields) {
            return new Part(id, title, true, null, List.of(fields));
        }
    }

    /** The fields that are there once. */
    static List<Field> fields() {
        return PARTS.stream().flatMap(part -> part.fields().stream()).toList();
    }

    /** The fields that are there any number of times. */
    static List<Rows> rows() {
        return List.of(MOUNTS, ENV, LABELS, HYDRATION);
    }
}

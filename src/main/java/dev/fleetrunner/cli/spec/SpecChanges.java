package dev.fleetrunner.cli.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Service;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes options into a spec: a value replaces what is there, what may be given several times is added. */
final class SpecChanges {
    private final Screen screen;
    private final Service service;
    private final ObjectNode spec;

    SpecChanges(Screen screen, Service service, ObjectNode spec) {
        this.screen = screen;
        this.service = service;
        this.spec = spec;
    }

    /** Whether there are none. */
    static boolean none(SpecOptions options) {
        return Stream.of(
                        options.image,
                        options.env,
                        options.secrets,
                        options.workspace,
                        options.mounts,
                        options.timeout,
                        options.memory,
                        options.cpu,
                        options.pids,
                        options.disk,
                        options.artifacts,
                        options.labels,
                        options.network,
                        options.allow,
                        options.runtime,
                        options.user,
                        options.priority,
                        options.caseId,
                        options.taskId,
                        options.role,
                        options.command)
                .allMatch(Objects::isNull);
    }

    ObjectNode apply(SpecOptions options) {
        put(spec, "image", options.image);
        if (options.command != null) {
            ArrayNode cmd = spec.putArray("cmd");
            options.command.forEach(cmd::add);
        }
        variables(options);
        mounts(options);
        put("timeouts", "overallSec", options.timeout);
        put("resources", "cpu", options.cpu);
        put("resources", "memory", options.memory);
        put("resources", "pids", options.pids);
        put("resources", "disk", options.disk);
        add("artifacts", "paths", options.artifacts);
        put("context", "case_id", options.caseId);
        put("context", "task_id", options.taskId);
        put("context", "role", options.role);
        put("network", "mode", options.network);
        add("network", "allow", options.allow);
        put(spec, "user", options.user);
        put(spec, "runtime", options.runtime);
        each(options.labels)
                .map(label -> Pair.of("--label", label))
                .forEach(pair -> put("labels", pair.name(), pair.value()));
        put(spec, "priority", options.priority);
        return spec;
    }

    private void variables(SpecOptions options) {
        for (String variable : each(options.env).toList()) {
            if (variable.indexOf('=') >= 0) {
                Pair pair = Pair.of("--env", variable);
                put("env", pair.name(), pair.value());
            } else if (screen.shell().environment().containsKey(variable)) {
                put("env", variable, screen.shell().environment().get(variable));
            } else {
                throw new Misconfigured(
                        "--env " + variable + ": this variable is not set here; give " + variable + "=VALUE");
            }
        }
        for (String secret : each(options.secrets).toList()) {
            Pair pair = Pair.of("--secret", secret);
            boolean env = pair.value().endsWith(":env");
            String ref = pair.value().replaceAll(":(env|file)$", "");
            object("env").putObject(pair.name()).put("secretRef", ref).put("as", env ? "env" : "file");
        }
    }

    private void mounts(SpecOptions options) {
        if (options.workspace != null) {
            array(spec, "mounts").add(new WorkspaceMount(screen, service).of(options.workspace));
        }
        each(options.mounts).map(MountWords::read).forEach(mount -> array(spec, "mounts")
                .add(mount));
    }

    private static Stream<String> each(List<String> values) {
        return values == null ? Stream.empty() : values.stream();
    }

    private void add(String group, String field, List<String> values) {
        each(values).forEach(value -> array(object(group), field).add(value));
    }

    private void put(String group, String field, Object value) {
        if (value != null) {
            put(object(group), field, value);
        }
    }

    private static void put(ObjectNode object, String field, Object value) {
        if (value instanceof Integer number) {
            object.put(field, number);
        } else if (value != null) {
            object.put(field, value.toString());
        }
    }

    private ObjectNode object(String field) {
        JsonNode there = spec.get(field);
        if (there == null) {
            return spec.putObject(field);
        }
        if (there instanceof ObjectNode object) {
            return object;
        }
        throw new Misconfigured("-f: /" + field + " is no object, so no option can change it; correct the file");
    }

    private static ArrayNode array(ObjectNode object, String field) {
        JsonNode there = object.get(field);
        if (there == null) {
            return object.putArray(field);
        }
        if (there instanceof ArrayNode array) {
            return array;
        }
        throw new Misconfigured("-f: " + field + " is no list, so no option can add to it; correct the file");
    }
}

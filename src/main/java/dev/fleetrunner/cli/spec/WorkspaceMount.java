package dev.fleetrunner.cli.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.files.Upload;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The mount of what {@code --workspace} names: an upload, or a directory that becomes one. */
final class WorkspaceMount {
    private static final Pattern ID = Pattern.compile("ws-[0-9a-f]{8,64}");
    private static final String TARGET = "/workspace";

    private final Screen screen;
    private final Service service;

    WorkspaceMount(Screen screen, Service service) {
        this.screen = screen;
        this.service = service;
    }

    ObjectNode of(String argument) {
        int at = argument.lastIndexOf(":/");
        boolean targeted = at > 0 && !Files.exists(Path.of(argument));
        String source = targeted ? argument.substring(0, at) : argument;
        String target = targeted ? argument.substring(at + 1) : TARGET;
        return Json.object().put("type", "workspace").put("source", id(source)).put("target", target);
    }

    private String id(String source) {
        Path directory = Path.of(source);
        if (Files.isDirectory(directory)) {
            return Json.text(new Upload(screen, service).of(directory).tree(), "id");
        }
        if (ID.matcher(source).matches()) {
            return source;
        }
        throw new Misconfigured("--workspace " + source + ": there is no such directory, and it is no ws- id either");
    }
}

package dev.fleetrunner.cli.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Yaml;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Makes a TaskSpec of what was given: a file, options, or both. What is in it is for the service to judge. */
public final class SpecDocument {
    private final Screen screen;
    private final Service service;

    /** For a service, which takes the files that a spec needs. */
    public SpecDocument(Screen screen, Service service) {
        this.screen = screen;
        this.service = service;
    }

    /** The spec as JSON. A JSON file that no option changes stays as it is, so that faults have its lines. */
    public byte[] of(SpecOptions options) {
        if (options.file == null) {
            if (options.command == null) {
                throw new Misconfigured("nothing to run: give a command (-- CMD ARGS...) or a spec (-f FILE)");
            }
            return Json.write(new SpecChanges(screen, service, Json.object()).apply(options));
        }
        byte[] given = read(options.file);
        boolean json = isJson(options.file, given);
        if (json && SpecChanges.none(options)) {
            return given;
        }
        ObjectNode spec = object(options.file, json, given);
        return Json.write(new SpecChanges(screen, service, spec).apply(options));
    }

    private byte[] read(String file) {
        try {
            return file.equals("-") ? screen.shell().in().readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new Misconfigured("-f " + file + ": there is no such file");
        } catch (IOException e) {
            throw new Misconfigured("-f " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isJson(String file, byte[] given) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
            return name.endsWith(".json");
        }
        for (byte value : given) {
            if (!Character.isWhitespace(value)) {
                return value == '{';
            }
        }
        return true;
    }

    private static ObjectNode object(String file, boolean json, byte[] given) {
        JsonNode tree;
        try {
            tree = json ? Json.read(given) : Yaml.read(given);
        } catch (IOException e) {
            String words = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            throw new Misconfigured("-f " + file + " is no sound " + (json ? "JSON: " : "YAML: ") + words);
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new Misconfigured("-f " + file + " has no TaskSpec in it; one begins with a field such as cmd");
    }
}

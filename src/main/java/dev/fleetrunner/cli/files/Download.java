package dev.fleetrunner.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Words;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Problem;
import dev.fleetrunner.cli.rest.Refused;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches what a task left behind. */
public final class Download {
    private static final String ANY = "*/*";

    private final Screen screen;
    private final Service service;
    private final String task;

    /** Of a task of a service. */
    public Download(Screen screen, Service service, String task) {
        this.screen = screen;
        this.service = service;
        this.task = task;
    }

    /** One file to standard output; with an empty path all of them, as a zip. */
    public void print(String path) {
        String wanted = wanted(path);
        if (wanted.isEmpty()) {
            print(Address.ofTask(task, "/artifacts.zip"));
            return;
        }
        List<JsonNode> found = matching(wanted);
        if (!Json.text(found.get(0), "path").equals(wanted)) {
            throw new Misconfigured(
                    "/" + wanted + " is a directory; copy it to one, or all files as a zip: " + task + ": -");
        }
        print(Address.of(Json.text(found.get(0), "href")));
    }

    private void print(Address address) {
        try (InputStream bytes = service.open(address, ANY)) {
            screen.copy(bytes);
        } catch (IOException broken) {
            throw service.unreachable(broken);
        }
    }

    /**
     * Files to a directory, which is made if need be: a file under its name, a directory with all below it, with an empty
     * path everything.
     */
    public void save(String path, Path directory) throws IOException {
        String wanted = wanted(path);
        int dropped = wanted.lastIndexOf('/') + 1;
        Path root = Files.createDirectories(directory).toRealPath();
        List<JsonNode> found = matching(wanted);
        long bytes = 0;
        for (JsonNode artifact : found) {
            save(artifact, new Place(root, Json.text(artifact, "path").substring(dropped)));
            bytes += artifact.path("sizeBytes").asLong();
        }
        screen.note(Words.files(found.size()) + ", " + Words.bytes(bytes));
    }

    private void save(JsonNode artifact, Place place) throws IOException {
        String path = Json.text(artifact, "path");
        try (InputStream bytes = service.open(Address.of(Json.text(artifact, "href")), ANY);
                InputStream shown =
                        new Progress(screen, path, artifact.path("sizeBytes").asLong(), bytes)) {
            place.write(shown, Json.text(artifact, "sha256"));
        }
    }

    private static String wanted(String path) {
        return path.replaceAll("^/+", "").replaceAll("/+$", "");
    }

    private List<JsonNode> matching(String wanted) {
        List<JsonNode> found = new ArrayList<>();
        var list = service.get(Address.ofTask(task, "/artifacts")).tree().path("artifacts");
        for (JsonNode artifact : list) {
            String path = Json.text(artifact, "path");
            if (wanted.isEmpty() || path.equals(wanted) || path.startsWith(wanted + "/")) {
                found.add(artifact);
            }
        }
        if (found.isEmpty()) {
            throw new Refused(
                    404,
                    new Problem(
                            "NOT_FOUND",
                            "task " + task + " left nothing behind" + (wanted.isEmpty() ? "" : " at /" + wanted),
                            list.isEmpty()
                                    ? "name what is to be kept by --artifact, and wait for the task's end"
                                    : "fleet cp " + task + ": DIR copies all that is there",
                            List.of()));
        }
        return found;
    }
}

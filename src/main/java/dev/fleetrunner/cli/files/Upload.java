package dev.fleetrunner.cli.files;

import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.Answer;
import dev.fleetrunner.cli.rest.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends the files that a task begins with. */
public final class Upload {
    private final Screen screen;
    private final Service service;

    /** To a service. */
    public Upload(Screen screen, Service service) {
        this.screen = screen;
        this.service = service;
    }

    /** A directory, or an archive; the service's answer has the id. */
    public Answer of(Path source) {
        try {
            if (!Files.isDirectory(source)) {
                return send(source);
            }
            // Packed first: a tree that cannot be read is found out before anything is sent, and the length is known.
            Path archive = Files.createTempFile("fleet-", ".tar");
            try {
                Packing.pack(source, archive);
                return send(archive);
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new Misconfigured(source + " cannot be read: " + e.getMessage());
        }
    }

    private Answer send(Path archive) throws IOException {
        // Who is not known is told so now, and not by a connection that breaks in the middle.
        service.get(Address.of("/api/v1/whoami"));
        long size = Files.size(archive);
        try (InputStream bytes = new Progress(screen, "uploading", size, Files.newInputStream(archive))) {
            return service.upload(Address.of("/api/v1/workspaces"), bytes, size);
        }
    }
}

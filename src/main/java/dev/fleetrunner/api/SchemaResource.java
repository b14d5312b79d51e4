package dev.fleetrunner.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contract as JSON Schema. */
@Path("/api/v1/schema")
@Produces("application/schema+json")
@Tag(name = "Service")
public class SchemaResource {
    private final byte[] spec = read("task-spec");
    private final byte[] result = read("task-result");

    @GET
    @Path("/task-spec.json")
    @Operation(summary = "The JSON Schema of a TaskSpec")
    public byte[] spec() {
        return spec;
    }

    @GET
    @Path("/task-result.json")
    @Operation(summary = "The JSON Schema of a TaskResult")
    public byte[] result() {
        return result;
    }

    private static byte[] read(String name) {
        try (InputStream in = SchemaResource.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

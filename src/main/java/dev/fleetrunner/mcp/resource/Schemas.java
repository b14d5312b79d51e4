package dev.fleetrunner.mcp.resource;

import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The schemas of the contract, as resources. */
@Singleton
class Schemas {
    private static final String TYPE = "application/schema+json";

    private final ResourceManager manager;

    Schemas(ResourceManager manager) {
        this.manager = manager;
    }

    void register(@Observes StartupEvent start) {
        register("task-spec", "JSON Schema of a TaskSpec", "What run_task takes");
        register("task-result", "JSON Schema of a TaskResult", "What task://{id}/result gives");
    }

    private void register(String name, String title, String description) {
        String text = read("schema/" + name + ".schema.json");
        manager.newResource("schema-" + name)
                .setUri("schema://" + name)
                .setTitle(title)
                .setDescription(description)
                .setMimeType(TYPE)
                .setAsyncHandler(arguments -> Uni.createFrom()
                        .item(new ResourceResponse(
                                new TextResourceContents(arguments.requestUri().value(), text, TYPE))))
                .register();
    }

    private static String read(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container as a task asks for it, written anew from the fields that may pass. What is not known here is refused where it
 * says anything.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate">Create
 *     a container</a>
 */
final class NewContainer {
    private static final List<String> PASSING = List.of(
            "Hostname",
            "Domainname",
            "User",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce",
            "Cmd",
            "Healthcheck",
            "WorkingDir",
            "Entrypoint",
            "StopSignal",
            "Shell",
            "ExposedPorts");
    private static final Set<String> OWN =
            Set.of("Image", "Env", "Labels", "HostConfig", "NetworkingConfig", "Volumes");
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("ArgsEscaped", "OnBuild", "Platform", "platform", "Name", "name", "StopTimeout");

    private final JsonNode body;
    private final Surroundings around;
    private final NewHostConfig host;
    private final Endpoints endpoints;

    NewContainer(String name, JsonNode body, Surroundings around, GatewayEngine engine) {
        this.body = body;
        this.around = around;
        this.endpoints = new Endpoints(
                name,
                body.path("HostConfig").path("NetworkMode").asText(""),
                body.path("NetworkingConfig").path("EndpointsConfig"),
                around);
        this.host = new NewHostConfig(body, around, endpoints, engine);
    }

    /** The document that the engine gets. */
    Map<String, Object> document() {
        body.fieldNames().forEachRemaining(this::check);
        Map<String, Object> document = new LinkedHashMap<>();
        for (String field : PASSING) {
            if (!Json.isNothing(body.path(field))) {
                document.put(field, body.path(field));
            }
        }
        // By its id: a name could mean another image by now.
        document.put("Image", around.image().path("Id").asText());
        document.put("Env", Environment.of(body.path("Env")));
        // Podman's removal by force waits for this long, and forgets the container when it is asked a second time.
        document.put("StopTimeout", 0);
        document.put("Volumes", anonymousVolumes());
        Map<String, Object> hostConfig = host.document();
        Map<String, String> labels = around.marks().labels(body.path("Labels"));
        labels.put(Marks.SHARE, host.share().label());
        labels.put(Marks.IMAGE, body.path("Image").asText());
        labels.put(Marks.PORTS, Child.label(host.ports()));
        document.put("Labels", labels);
        document.put("HostConfig", hostConfig);
        document.put("NetworkingConfig", Map.of("EndpointsConfig", endpoints.document()));
        return document;
    }

    /** The named volumes that it mounts, by their real names. */
    Set<String> volumes() {
        return host.volumes();
    }

    private void check(String field) {
        if (!PASSING.contains(field)
                && !OWN.contains(field)
                && !WITHOUT_EFFECT.contains(field)
                && !Json.isNothing(body.path(field))) {
            throw Refusal.forbidden(field + " is not open to tasks; leave it out");
        }
    }

    private Map<String, Object> anonymousVolumes() {
        Map<String, Object> volumes = new LinkedHashMap<>();
        body.path("Volumes").fieldNames().forEachRemaining(target -> {
            NewMounts.target("Volumes", target);
            volumes.put(target, Map.of());
        });
        return volumes;
    }
}

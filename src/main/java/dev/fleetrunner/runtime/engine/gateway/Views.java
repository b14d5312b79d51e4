package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The engine's answers as a task is to see them: plain names, its own ports, nothing of the engine's machine. */
final class Views {
    private static final List<String> OF_THE_MACHINE = List.of(
            "GraphDriver", "LogPath", "HostnamePath", "HostsPath", "ResolvConfPath", "MountLabel", "ProcessLabel");
    private static final String ANYWHERE = "0.0.0.0";

    private final Marks marks;

    Views(Marks marks) {
        this.marks = marks;
    }

    /** Any object of the engine's with the names as the task knows them. */
    JsonNode plain(JsonNode json) {
        return Json.parse(marks.shown(new String(Json.bytes(json), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    }

    JsonNode container(JsonNode found, Child child) {
        JsonNode view = plain(found);
        if (view instanceof ObjectNode object) {
            object.remove(OF_THE_MACHINE);
        }
        if (view.path("Config") instanceof ObjectNode config) {
            nameImage(config, config.path("Labels"));
        }
        Marks.hide(view.path("Config").path("Labels"));
        hideSources(view.path("Mounts"));
        boolean running = view.path("State").path("Running").asBoolean();
        if (view.path("NetworkSettings") instanceof ObjectNode settings) {
            settings.remove(List.of("SandboxKey", "SandboxID"));
            settings.set("Ports", ports(child.ports(), running, settings.path("Ports")));
        }
        if (view.path("HostConfig") instanceof ObjectNode host) {
            host.set("PortBindings", ports(child.ports(), true, Json.object()));
        }
        return view;
    }

    private static ObjectNode ports(Map<String, Integer> ports, boolean open, JsonNode exposed) {
        ObjectNode view = Json.object();
        exposed.fieldNames().forEachRemaining(view::putNull);
        if (open) {
            ports.forEach((port, number) ->
                    view.putArray(port).addObject().put("HostIp", ANYWHERE).put("HostPort", number.toString()));
        }
        return view;
    }

    private static void nameImage(ObjectNode view, JsonNode labels) {
        if (labels.has(Marks.IMAGE)) {
            view.set("Image", labels.path(Marks.IMAGE));
        }
    }

    private static void hideSources(JsonNode mounts) {
        mounts.forEach(mount -> {
            if (mount instanceof ObjectNode object) {
                object.put("Source", "");
            }
        });
    }

    /** A row of a list of containers. */
    JsonNode row(JsonNode found) {
        Child child = Child.of(found, marks);
        JsonNode view = plain(found);
        if (view instanceof ObjectNode object) {
            nameImage(object, view.path("Labels"));
        }
        Marks.hide(view.path("Labels"));
        hideSources(view.path("Mounts"));
        if (view instanceof ObjectNode object) {
            ArrayNode ports = object.putArray("Ports");
            if (child.running()) {
                child.ports().forEach((port, number) -> ports.addObject()
                        .put("IP", ANYWHERE)
                        .put("PrivatePort", Integer.parseInt(port.split("/")[0]))
                        .put("PublicPort", number)
                        .put("Type", "tcp"));
            }
        }
        return view;
    }

    /** A network or a volume. */
    JsonNode thing(JsonNode found) {
        JsonNode view = plain(found);
        Marks.hide(view.path("Labels"));
        if (view instanceof ObjectNode object) {
            if (object.has("Mountpoint")) {
                object.put("Mountpoint", "");
            }
            if (object.has("Options")) {
                object.putObject("Options");
            }
        }
        return view;
    }
}

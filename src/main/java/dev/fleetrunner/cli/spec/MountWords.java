package dev.fleetrunner.cli.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.config.Misconfigured;
import dev.fleetrunner.cli.output.Json;

/** Reads a mount as it is given to {@code --mount}. */
final class MountWords {
    private MountWords() {}

    static ObjectNode read(String words) {
        ObjectNode mount = Json.object();
        for (String word : words.split(",")) {
            int at = word.indexOf('=');
            String key = at < 0 ? word : word.substring(0, at);
            String value = at < 0 ? "true" : word.substring(at + 1);
            switch (key) {
                case "type", "source", "target", "size" -> mount.put(key, value);
                case "src" -> mount.put("source", value);
                case "dst", "destination" -> mount.put("target", value);
                case "readonly", "ro", "readOnly" -> mount.put("readOnly", flag(words, value));
                default ->
                    throw new Misconfigured(
                            "--mount " + words + ": '" + key
                                    + "' is none of type, source, target, readonly, size; such as type=cache,source=pip,target=/cache");
            }
        }
        return mount;
    }

    private static boolean flag(String words, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new Misconfigured("--mount " + words + ": readonly is true or false");
        }
        return value.equals("true");
    }
}

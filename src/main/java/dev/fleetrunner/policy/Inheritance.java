package dev.fleetrunner.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.json.Value;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills in what a profile leaves to the one that it extends: objects field by field, everything else as a whole. */
final class Inheritance {
    static final String EXTENDS = "extends";

    private final Map<String, Value> profiles;

    Inheritance(Map<String, Value> profiles) {
        this.profiles = profiles;
    }

    /** The whole of a profile; nothing if a fault was noted. */
    Optional<Value> whole(String name) {
        return whole(name, new LinkedHashSet<>());
    }

    private Optional<Value> whole(String name, Set<String> under) {
        Value own = profiles.get(name);
        if (!own.node().has(EXTENDS)) {
            return Optional.of(own);
        }
        under.add(name);
        var base = new Value(own.node().get(EXTENDS), own.at().child(EXTENDS), own.faults());
        return base.oneOf(profiles.keySet()).flatMap(known -> {
            if (under.contains(known)) {
                return base.fault("extends itself by way of " + String.join(", ", under), "break the circle");
            }
            return whole(known, under)
                    .map(inherited -> new Value(merged(inherited.node(), own.node()), own.at(), own.faults()));
        });
    }

    private static JsonNode merged(JsonNode base, JsonNode own) {
        if (!(base instanceof ObjectNode) || !(own instanceof ObjectNode)) {
            return own;
        }
        ObjectNode both = base.deepCopy();
        own.properties()
                .forEach(field -> both.set(
                        field.getKey(),
                        both.has(field.getKey())
                                ? merged(both.get(field.getKey()), field.getValue())
                                : field.getValue()));
        return both;
    }
}

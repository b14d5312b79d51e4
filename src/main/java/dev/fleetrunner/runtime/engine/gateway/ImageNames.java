package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How images are called. {@code redis:7} and {@code docker.io/library/redis:7} are one name in two spellings. */
final class ImageNames {
    private static final Pattern HOST = Pattern.compile("^(localhost|[^/]*[.:][^/]*)/.*");
    private static final Pattern TAGGED = Pattern.compile(".*(:[^/:@]+|@[^@]+)$");
    private static final Pattern TAG = Pattern.compile(":[^/:@]+$");
    private static final String HUB = "docker.io/";
    private static final String LIBRARY = "library/";

    private ImageNames() {}

    /** Both spellings of a name. */
    static Set<String> spellings(String name) {
        String full = full(name);
        Set<String> spellings = new LinkedHashSet<>(List.of(full));
        if (full.startsWith(HUB)) {
            String path = full.substring(HUB.length());
            String brief = path.startsWith(LIBRARY) ? path.substring(LIBRARY.length()) : path;
            if (full(brief).equals(full)) {
                spellings.add(brief);
            }
        }
        return spellings;
    }

    /** With the registry. */
    static String full(String name) {
        boolean hub = name.startsWith(HUB);
        if (!hub && HOST.matcher(name).matches()) {
            return name;
        }
        String path = hub ? name.substring(HUB.length()) : name;
        return HUB + (path.contains("/") ? path : LIBRARY + path);
    }

    /** A name with the tag or digest that came apart from it; the latest where none did. */
    static String joined(String name, String tag) {
        boolean tagged = TAGGED.matcher(name).matches();
        if (tag.isEmpty()) {
            return tagged ? name : name + ":latest";
        }
        if (tag.contains(":") && !name.contains("@")) {
            return Target.image(Call.encode(TAG.matcher(name).replaceFirst("") + "@" + tag));
        }
        if (tagged) {
            throw Refusal.malformed("fromImage has a tag, and tag is another; leave one out");
        }
        return Target.image(Call.encode(name + ":" + tag));
    }

    /** All names that the engine has for an image; none for the runner's own, and for what has lost its name. */
    static Set<String> of(JsonNode image) {
        Set<String> names = new LinkedHashSet<>();
        for (String list : List.of("RepoTags", "RepoDigests")) {
            for (JsonNode name : image.path(list)) {
                if (name.asText().startsWith("localhost/fleetrunner-seed-")) {
                    return Set.of();
                }
                if (!name.asText().startsWith("<none>")) {
                    names.addAll(spellings(name.asText()));
                }
            }
        }
        return names;
    }
}

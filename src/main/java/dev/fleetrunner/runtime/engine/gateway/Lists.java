package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists of the task's own containers, narrowed by the client's filters. */
final class Lists {
    /** What the engine may be asked for besides our labels. */
    private static final Set<String> PASSING = Set.of("status", "label", "exited", "health", "ancestor");

    private final Children children;
    private final Views views;
    private final Networks networks;

    Lists(Children children, Views views, Networks networks) {
        this.children = children;
        this.views = views;
        this.networks = networks;
    }

    Uni<Reply> containers(Call call) {
        Map<String, List<String>> filters = filters(call.parameter("filters", ""));
        Map<String, List<String>> asked = new LinkedHashMap<>(filters);
        asked.keySet().retainAll(PASSING);
        for (String name : filters.keySet()) {
            if (!PASSING.contains(name) && !Set.of("name", "id", "network").contains(name)) {
                throw Refusal.forbidden("the filter " + name + " is not open to tasks; leave it out");
            }
        }
        boolean all = call.flag("all") || filters.containsKey("status");
        List<String> labels = new ArrayList<>(asked.getOrDefault("label", List.of()));
        labels.addAll(networks.marks().filter());
        asked.put("label", labels);
        String encoded = Call.encode(new String(Json.bytes(asked), StandardCharsets.UTF_8));
        return children.all().chain(known -> children.rows(encoded).map(rows -> {
            List<JsonNode> shown = new ArrayList<>();
            for (JsonNode row : rows) {
                JsonNode seen = views.row(row);
                if ((all || row.path("State").asText().matches("running|paused")) && matches(seen, filters)) {
                    shown.add(seen);
                }
            }
            return Reply.json(200, shown);
        }));
    }

    private static boolean matches(JsonNode row, Map<String, List<String>> filters) {
        String name = row.path("Names").path(0).asText();
        String id = row.path("Id").asText();
        JsonNode joined = row.path("NetworkSettings").path("Networks");
        return any(filters.get("name"), wished -> name.contains(wished.replaceAll("[\\^$/]", "")))
                && any(filters.get("id"), id::startsWith)
                && any(filters.get("network"), joined::has);
    }

    private static boolean any(List<String> wished, java.util.function.Predicate<String> one) {
        return wished == null || wished.isEmpty() || wished.stream().anyMatch(one);
    }

    /** Both shapes that clients send: {@code {"label": ["a"]}} and {@code {"label": {"a": true}}}. */
    static Map<String, List<String>> filters(String text) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return filters;
        }
        JsonNode json = Json.strict(text);
        json.properties().forEach(each -> {
            List<String> values = new ArrayList<>();
            if (each.getValue().isObject()) {
                each.getValue().fieldNames().forEachRemaining(values::add);
            } else {
                each.getValue().forEach(value -> values.add(value.asText()));
            }
            filters.put(each.getKey(), values);
        });
        return filters;
    }
}

package dev.fleetrunner.json;

import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.Context.HydrationRef;
import dev.fleetrunner.contract.Context.OnMissing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code context}: the caller's own words, in the caller's snake_case. */
final class ContextReader {
    private static final int MAX_NAME = 256;
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_KEY = 1024;
    private static final int MAX_QUERY = 65_536;
    private static final List<String> ON_MISSING = List.of("note", "error");

    private ContextReader() {}

    static Context read(Fields context) {
        String caseId = context.textOrNull("case_id", MAX_NAME);
        String taskId = context.textOrNull("task_id", MAX_NAME);
        String role = context.textOrNull("role", MAX_NAME);
        List<String> scope = new ArrayList<>();
        for (Value item : context.items("scope", MAX_ENTRIES)) {
            item.filled(MAX_NAME).ifPresent(scope::add);
        }
        List<HydrationRef> refs = new ArrayList<>();
        for (Value item : context.items("hydration_refs", MAX_ENTRIES)) {
            ref(item).ifPresent(refs::add);
        }
        String onMissing = context.find("on_missing")
                .flatMap(value -> value.oneOf(ON_MISSING))
                .orElse("note");
        context.refuseOthers();
        return new Context(caseId, taskId, role, scope, refs, OnMissing.valueOf(onMissing.toUpperCase(Locale.ROOT)));
    }

    private static Optional<HydrationRef> ref(Value item) {
        return item.fields().flatMap(fields -> {
            Optional<Value> key = fields.find("redis_key");
            Optional<Value> query = fields.find("neo4j_query");
            fields.refuseOthers();
            if (key.isPresent() == query.isPresent()) {
                return item.fault("must have exactly one of redis_key, neo4j_query", "write one entry for each source");
            }
            Optional<HydrationRef> redis =
                    key.flatMap(value -> value.filled(MAX_KEY)).map(HydrationRef.RedisKey::new);
            return redis.or(
                    () -> query.flatMap(value -> value.filled(MAX_QUERY)).map(HydrationRef.Neo4jQuery::new));
        });
    }
}

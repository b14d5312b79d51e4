package dev.fleetrunner.contract;

import java.util.List;

/**
 * The caller's case, task and role, and what to hydrate before the start. Its fields are the caller's, in snake_case.
 *
 * @param caseId the case, or null
 * @param taskId the caller's own name of the task, or null; the runner's id is another
 * @param role the role the agent plays, or null; not an access role
 * @param scope names of what the role may see
 * @param hydrationRefs what to resolve before the start
 * @param onMissing what becomes of a reference that resolves to nothing
 */
public record Context(
        String caseId,
        String taskId,
        String role,
        List<String> scope,
        List<HydrationRef> hydrationRefs,
        OnMissing onMissing) {

    public static final Context NONE = new Context(null, null, null, List.of(), List.of(), OnMissing.NOTE);

    public Context {
        scope = List.copyOf(scope);
        hydrationRefs = List.copyOf(hydrationRefs);
    }

    /** One source of context. */
    public sealed interface HydrationRef {
        /** A key in Redis, of any type. */
        record RedisKey(String key) implements HydrationRef {}

        /** A read-only Cypher query. */
        record Neo4jQuery(String query) implements HydrationRef {}
    }

    /** What becomes of a reference that resolves to nothing. */
    public enum OnMissing {
        NOTE,
        ERROR
    }
}

package dev.fleetrunner.pipeline;

import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.store.TaskQuery;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filters of {@link TaskQuery} as callers write them, the same at every door; what is null or empty does not filter.
 *
 * @param status any of these, separated by commas
 * @param caseId a trailing {@code *} makes it a prefix
 * @param labels each {@code key=value}
 * @param from RFC 3339
 * @param to RFC 3339
 * @param id the beginning of it
 * @param cursor of the page before
 * @param limit how many at most; null for {@link #DEFAULT_LIMIT}
 */
public record TaskSearch(
        String status,
        String owner,
        String caseId,
        String taskId,
        String role,
        String image,
        String runtime,
        List<String> labels,
        String from,
        String to,
        String id,
        String cursor,
        String limit) {
    public static final int DEFAULT_LIMIT = 50;

    public TaskSearch {
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** The query; refused with {@code INVALID_REQUEST} for values that are none. */
    public TaskQuery query() {
        String wanted = Values.given(caseId);
        boolean prefix = wanted != null && wanted.endsWith("*");
        Long most = Values.number("limit", Values.given(limit), 1, TaskQuery.MAX_LIMIT);
        return new TaskQuery(
                statuses(),
                Values.given(owner),
                prefix ? null : wanted,
                Values.given(taskId),
                Values.given(role),
                Values.given(image),
                Values.given(runtime),
                labelled(),
                Values.instant("from", from),
                Values.instant("to", to),
                Values.given(id),
                prefix ? wanted.substring(0, wanted.length() - 1) : null,
                cursor,
                most == null ? DEFAULT_LIMIT : most.intValue());
    }

    private Set<TaskStatus> statuses() {
        Set<TaskStatus> statuses = new HashSet<>();
        if (status != null && !status.isBlank()) {
            for (String word : status.split(",")) {
                try {
                    statuses.add(TaskStatus.of(word.strip()));
                } catch (IllegalArgumentException e) {
                    throw Values.invalid("status must be of "
                            + Arrays.stream(TaskStatus.values())
                                    .map(TaskStatus::word)
                                    .collect(Collectors.joining(", ")));
                }
            }
        }
        return statuses;
    }

    private Map<String, String> labelled() {
        Map<String, String> found = new HashMap<>();
        for (String pair : labels) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Values.invalid("label must be key=value");
            }
            if (found.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw Values.invalid("label " + pair.substring(0, equals) + " is given twice");
            }
        }
        return found;
    }
}

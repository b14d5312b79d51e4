package dev.fleetrunner.console.tasks;

import dev.fleetrunner.pipeline.TaskSearch;
import dev.fleetrunner.store.TaskQuery;
import dev.fleetrunner.web.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of the list, by the names that the REST door has for them. Labels are one field, separated by spaces. */
public class ListFilters {
    private static final String ROWS = "50";

    @RestQuery
    String status;

    @RestQuery
    String owner;

    @RestQuery("case_id")
    String caseId;

    @RestQuery("task_id")
    String taskId;

    @RestQuery
    String role;

    @RestQuery
    String image;

    @RestQuery
    String runtime;

    @RestQuery
    String label;

    @RestQuery
    String from;

    @RestQuery
    String to;

    @RestQuery
    String id;

    @RestQuery
    String cursor;

    /** Refused with {@code INVALID_REQUEST} for values that are none. */
    TaskQuery query() {
        List<String> labels = label == null || label.isBlank()
                ? List.of()
                : List.of(label.strip().split("\\s+"));
        return new TaskSearch(status, owner, caseId, taskId, role, image, runtime, labels, from, to, id, cursor, ROWS)
                .query();
    }

    /** All of them but the status, for a form. */
    List<FilterField> fields() {
        return List.of(
                field("case_id", "Case", "case-7429, or case-* for all that begin so", caseId),
                field("owner", "Owner", "the name of a token", owner),
                field("image", "Image", "the whole reference", image),
                field("runtime", "Runtime", "podman or docker", runtime),
                field("label", "Labels", "team=authz nightly=yes", label),
                field("role", "Role", "the context's role", role),
                field("task_id", "Caller's task", "the context's task", taskId),
                field("from", "Queued from", "2026-01-31T12:00:00Z", from),
                field("to", "Queued before", "2026-02-01T12:00:00Z", to),
                field("id", "Id", "its beginning", id));
    }

    private static FilterField field(String name, String label, String hint, String value) {
        return new FilterField(name, label, hint, value == null ? "" : value);
    }

    /** The address of the same list in another status; empty for any. */
    String inStatus(String other) {
        return link(other, null);
    }

    /** The address of a page of this list. */
    String link(String next) {
        return link(status, next);
    }

    private String link(String wanted, String next) {
        List<String> parameters = new ArrayList<>();
        add(parameters, Map.entry("status", wanted == null ? "" : wanted));
        fields().forEach(field -> add(parameters, Map.entry(field.name(), field.value())));
        add(parameters, Map.entry("cursor", next == null ? "" : next));
        return parameters.isEmpty() ? "/tasks" : "/tasks?" + String.join("&", parameters);
    }

    private static void add(List<String> parameters, Map.Entry<String, String> parameter) {
        if (!parameter.getValue().isEmpty()) {
            parameters.add(parameter.getKey() + "=" + Address.encoded(parameter.getValue()));
        }
    }
}

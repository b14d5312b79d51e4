package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Removes what a task has made through its gateway, whether or not this runner has seen it being made. */
public final class Cleanup {
    private final EngineCalls calls;
    private final String api;
    private final Marks marks;

    /**
     * @param api what every URI begins with
     * @param instance the runner's
     */
    public Cleanup(EngineCalls calls, String api, String instance, String taskId) {
        this.calls = calls;
        this.api = api;
        this.marks = new Marks(instance, taskId);
    }

    /** Containers first, then what they used. Fails if one of the task's containers cannot be removed. */
    public Uni<Void> all() {
        return each("/containers/json?all=1&", "", "/containers/", "Id", "?force=1&v=1")
                .chain(() -> each("/networks?", "", "/networks/", "Id", ""))
                .chain(() -> each("/volumes?", "Volumes", "/volumes/", "Name", "?force=1"));
    }

    private Uni<Void> each(String list, String under, String place, String key, String query) {
        return calls.call("GET", api + list + "filters=" + marks.filters(), null)
                .onItem()
                .transformToMulti(reply -> {
                    JsonNode said = reply.orRefuse().json();
                    return Multi.createFrom().iterable(under.isEmpty() ? said : said.path(under));
                })
                .filter(row -> marks.own(row.path("Labels")))
                .onItem()
                .transformToUniAndConcatenate(
                        row -> calls.call("DELETE", api + place + row.path(key).asText() + query, null))
                .invoke(reply -> {
                    if (reply.status() != 404 && reply.status() != 409) {
                        reply.orRefuse();
                    }
                })
                .onItem()
                .ignoreAsUni();
    }
}

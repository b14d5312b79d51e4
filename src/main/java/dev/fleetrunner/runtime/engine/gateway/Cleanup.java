package dev.fleetrunner.runtime.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

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
        return each(
                        "/containers/json?all=1&",
                        "",
                        row -> Removal.byForce(
                                calls, api + "/containers/" + row.path("Id").asText()))
                .chain(() -> each(
                        "/networks?",
                        "",
                        row -> delete("/networks/" + row.path("Id").asText())))
                .chain(() -> each(
                        "/volumes?",
                        "Volumes",
                        row -> delete("/volumes/" + row.path("Name").asText() + "?force=1")));
    }

    private Uni<EngineReply> delete(String what) {
        return calls.call("DELETE", api + what, null);
    }

    private Uni<Void> each(String list, String under, Function<JsonNode, Uni<? extends EngineReply>> remove) {
        return calls.call("GET", api + list + "filters=" + marks.filters(), null)
                .onItem()
                .transformToMulti(reply -> {
                    JsonNode said = reply.orRefuse().json();
                    return Multi.createFrom().iterable(under.isEmpty() ? said : said.path(under));
                })
                .filter(row -> marks.own(row.path("Labels")))
                .onItem()
                .transformToUniAndConcatenate(remove)
                .invoke(reply -> {
                    if (reply.status() != 404 && reply.status() != 409) {
                        reply.orRefuse();
                    }
                })
                .onItem()
                .ignoreAsUni();
    }
}

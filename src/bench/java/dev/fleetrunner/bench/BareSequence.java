package dev.fleetrunner.bench;

import dev.fleetrunner.bench.RecordingProxy.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The calls that the service makes on an engine for one task up to its result, made again without the service: for
 * another container, one after another on one connection, the attached stream on a second.
 */
final class BareSequence implements AutoCloseable {
    private final Engine engine;
    private final List<Request> requests;
    private final String task;
    private final UnixHttp http;
    private int made;

    private BareSequence(Engine engine, List<Request> requests, String task) throws IOException {
        this.engine = engine;
        this.requests = requests;
        this.task = task;
        this.http = new UnixHttp(engine.socket());
    }

    /**
     * Takes the calls for one task out of all that were recorded.
     *
     * @param task its id
     * @param instance of the service, which must not take our containers for its own
     */
    static BareSequence of(Engine engine, List<Request> recorded, String task, String instance) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (Request request : recorded) {
            if (partOfTheWay(request)) {
                requests.add(new Request(
                        request.method(), request.path(), request.body().replace("\"" + instance + "\"", "\"bench\"")));
            }
        }
        if (requests.stream().noneMatch(BareSequence::attaches)) {
            throw new IOException("the service attached to no container: " + requests);
        }
        return new BareSequence(engine, requests, task);
    }

    /** Removal comes after the result; probes and usage are beside the task's way. */
    private static boolean partOfTheWay(Request request) {
        String path = request.path();
        return !request.method().equals("DELETE")
                && !path.contains("/stats")
                && !path.contains("/containers/json")
                && !path.endsWith("/_ping")
                && !path.endsWith("/version")
                && !path.endsWith("/info");
    }

    private static boolean attaches(Request request) {
        return request.path().contains("/attach?");
    }

    int size() {
        return requests.size();
    }

    /** What is asked, in order. */
    String steps() {
        return requests.stream()
                .map(request -> request.method() + " "
                        + request.path().replaceAll("\\?.*", "").replace(task, "TASK"))
                .collect(Collectors.joining(", "));
    }

    /** Makes the calls for a new container, to the last answer. */
    void run() throws IOException {
        made++;
        UnixHttp attached = null;
        try {
            for (Request request : requests) {
                if (attaches(request)) {
                    attached = new UnixHttp(engine.socket());
                    attached.open(request.method(), path(request));
                } else {
                    if (request == requests.get(requests.size() - 1)) {
                        attached.drain();
                    }
                    http.call(request.method(), path(request), request.body().replace(task, name()))
                            .orFail(path(request));
                }
            }
        } finally {
            if (attached != null) {
                attached.close();
            }
        }
    }

    /** Ids are as long as the service's own. */
    private String name() {
        return String.format("BENCH%021d", made);
    }

    private String path(Request request) {
        return request.path().replace(task, name());
    }

    /** Removes what the last run made. */
    void removeMade() throws IOException {
        engine.removeContainersOf("bench");
    }

    @Override
    public void close() throws IOException {
        removeMade();
        http.close();
    }
}

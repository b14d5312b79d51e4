package dev.fleetrunner.runtime.engine.gateway;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls that tasks may make. What is not in this table is refused. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** What serves a call. */
    interface Handler {
        Uni<? extends Reply> handle(Call call);
    }

    /**
     * A kind of call.
     *
     * @param pattern the parts of the path; {@code *} stands for a name
     * @param streams whether the client's body goes to the engine as it comes
     */
    record Route(String method, List<String> pattern, boolean streams, Handler handler) {
        boolean takes(String asked, List<String> path) {
            if (!method.equals(asked) || path.size() != pattern.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    Routes on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, List.of(pattern.split("/")), false, handler));
        return this;
    }

    Routes streaming(String method, String pattern, Handler handler) {
        routes.add(new Route(method, List.of(pattern.split("/")), true, handler));
        return this;
    }

    /** The first that takes it, so fixed words are written before names. */
    Optional<Route> find(String method, Target target) {
        return routes.stream()
                .filter(route -> route.takes(method, target.path()))
                .findFirst();
    }
}

package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Who may do what, route by route. The table is the expectation; the routes are collected, and one that is not in the
 * table fails.
 *
 * <p>Columns: nobody, viewer, agent, operator, admin. {@code {id}} is a task of somebody else that is over.
 */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class AccessTableTest {
    private static final String DOORS =
            """
            GET / 401 200 200 200 200
            GET /overview/live (events) 401 200 200 200 200
            GET /tasks 401 200 200 200 200
            GET /containers 401 200 200 200 200
            GET /containers/{id}/remove 401 404 404 404 404
            POST /containers/{id}/remove 401 403 403 404 404
            GET /cases/{case_id} 401 404 404 404 404
            GET /policy 401 403 403 200 200
            GET /audit 401 403 403 403 200
            GET /system 401 200 403 200 200
            GET /sign-in 200 303 303 303 303
            POST /sign-in 401 401 401 401 401
            GET /sign-in/oidc 401 401 401 401 401
            POST /sign-out 401 303 303 303 303
            GET /tasks/new 401 403 200 200 200
            POST /tasks/new 401 403 400 400 400
            GET /tasks/{id} 401 200 404 200 200
            GET /tasks/{id}/cancel 401 200 404 200 200
            POST /tasks/{id}/cancel 401 403 404 303 303
            POST /tasks/{id}/rerun 401 403 404 303 303
            GET /tasks/{id}/files/{path} 401 404 404 404 404
            GET /tasks/{id}/log/lines 401 200 404 200 200
            GET /tasks/{id}/log/find 401 400 400 400 400
            GET /tasks/{id}/log/first-error 401 200 404 200 200
            GET /tasks/{id}/log (events) 401 200 404 200 200
            GET /tokens 401 403 403 403 200
            POST /tokens 401 403 403 403 400
            GET /tokens/{id}/revoke 401 403 403 403 404
            POST /tokens/{id}/revoke 401 403 403 403 404
            POST /api/v1/tasks 401 403 400 400 400
            GET /api/v1/tasks 401 200 200 200 200
            GET /api/v1/tasks/{id} 401 200 404 200 200
            GET /api/v1/tasks/{id}/spec 401 200 404 200 200
            GET /api/v1/tasks/{id}/result 401 200 404 200 200
            GET /api/v1/tasks/{id}/events (events) 401 200 404 200 200
            GET /api/v1/tasks/{id}/logs 401 200 404 200 200
            GET /api/v1/tasks/{id}/logs (events) 401 200 404 200 200
            GET /api/v1/tasks/{id}/artifacts 401 200 404 200 200
            GET /api/v1/tasks/{id}/artifacts/{path} 401 404 404 404 404
            HEAD /api/v1/tasks/{id}/artifacts/{path} 401 404 404 404 404
            GET /api/v1/tasks/{id}/artifacts.zip 401 200 404 200 200
            POST /api/v1/tasks/{id}/cancel 401 403 404 200 200
            POST /api/v1/tasks/{id}/rerun 401 403 404 202 202
            POST /api/v1/workspaces 401 403 400 400 400
            GET /api/v1/workspaces 401 200 403 200 200
            GET /api/v1/workspaces/{id} 401 404 404 404 404
            DELETE /api/v1/workspaces/{id} 401 403 403 404 404
            GET /api/v1/containers 401 200 200 200 200
            DELETE /api/v1/containers/{id} 401 403 403 404 404
            GET /api/v1/tasks/{id}/usage 401 204 404 204 204
            GET /api/v1/health 401 200 200 200 200
            GET /api/v1/schema/task-spec.json 401 200 200 200 200
            GET /api/v1/schema/task-result.json 401 200 200 200 200
            POST /api/v1/tokens 401 403 403 403 400
            GET /api/v1/tokens 401 403 403 403 200
            DELETE /api/v1/tokens/{id} 401 403 403 403 404
            GET /api/v1/policy 401 403 403 200 200
            POST /api/v1/policy/check 401 403 400 400 400
            GET /api/v1/audit 401 403 403 403 200
            GET /api/v1/audit/head 401 403 403 403 200
            GET /api/v1/whoami 401 200 200 200 200
            """;
    /** What Quarkus and its extensions serve, by the beginning of the path. */
    private static final String FRAMEWORK =
            """
            GET /q/metrics 401 200 403 200 200
            GET /q/metrics/ 401 200 403 200 200
            GET /q/openapi 401 200 200 200 200
            GET /q/swagger-ui/ 401 200 200 200 200
            GET /q/health 401 200 200 200 200
            GET /q/health/started 401 200 200 200 200
            GET /q/health/well 401 200 200 200 200
            GET /q/health/live 200 200 200 200 200
            GET /q/health/ready 200 200 200 200 200
            GET /assets/console.css 200 200 200 200 200
            POST /mcp 401 400 400 400 400
            GET /mcp 401 405 405 405 405
            DELETE /mcp 401 404 404 404 404
            GET /mcp/sse 401 200 200 200 200
            POST /mcp/messages/none 401 404 404 404 404
            GET /nowhere 401 404 404 404 404
            """;

    @Inject
    Router router;

    private static Map<String, List<Integer>> table(String text) {
        Map<String, List<Integer>> table = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String[] words = line.split(" (?=\\d{3}( |$))");
            List<Integer> expected = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                expected.add(Integer.parseInt(words[i]));
            }
            table.put(words[0], expected);
        });
        return table;
    }

    private static List<Client> callers() {
        List<Client> callers = new ArrayList<>(List.of(Client.with(null)));
        for (AccessRole role : AccessRole.values()) {
            callers.add(Client.with(GivenTokens.make("walker-" + role.word(), role)));
        }
        return callers;
    }

    private static int status(Client caller, String route, String task) {
        String[] words = route.split(" ");
        String path = words[1].startsWith("/api/v1/w") || words[1].contains("tokens")
                ? words[1].replace("{id}", "none")
                : words[1].replace("{id}", task).replace("{path}", "none").replace("{case_id}", "none");
        String accept = words.length > 2 ? "text/event-stream" : "*/*";
        if (words[0].equals("POST")) {
            boolean form = !words[1].startsWith("/api/");
            return caller.post(
                            path,
                            BodyPublishers.ofString(form ? "a=b" : "{}"),
                            "Content-Type",
                            form ? "application/x-www-form-urlencoded" : "application/json")
                    .statusCode();
        }
        return caller.status(words[0], path, "Accept", accept);
    }

    @Test
    void everyEndpointIsInTheTable() {
        assertThat(table(DOORS).keySet()).containsExactlyInAnyOrderElementsOf(Endpoints.all());
    }

    /** OpenAPI knows what an extension may have added. */
    @Test
    void everyDocumentedOperationIsInTheTable() {
        Set<String> documented = new LinkedHashSet<>();
        Client.json(Client.known().get("/q/openapi?format=json"))
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(table(DOORS).keySet().stream().map(route -> route.replace(" (events)", "")))
                .containsAll(documented);
    }

    /** Whatever an extension mounts must lie below a path that is looked at. */
    @Test
    void everyPathOfTheRouterIsInTheTable() {
        Set<String> known = table(FRAMEWORK).keySet().stream()
                .map(route -> route.split(" ")[1].replaceAll("/$", ""))
                .collect(Collectors.toSet());
        Set<String> doors =
                table(DOORS).keySet().stream().map(route -> route.split(" ")[1]).collect(Collectors.toSet());

        assertThat(router.getRoutes())
                .extracting(Route::getPath)
                .filteredOn(path -> path != null && !path.equals("/"))
                .isNotEmpty()
                .allMatch(
                        path -> path.equals("/q/")
                                || doors.contains(path)
                                || known.stream().anyMatch(path.replaceAll("[/*]+$", "")::startsWith),
                        "is in the table");
    }

    @Test
    void everyRoleIsAnsweredAsTheTableSays() {
        String task = Client.known().submit("{\"cmd\":[\"true\"]}");
        HttpResponse<String> over = Client.known().get("/api/v1/tasks/" + task + "/result?wait=60");
        assertThat(over.statusCode()).isEqualTo(200);
        Map<String, List<Integer>> expected = table(DOORS);
        expected.putAll(table(FRAMEWORK));
        List<Client> callers = callers();

        Map<String, List<Integer>> answered = new LinkedHashMap<>();
        expected.keySet()
                .forEach(route -> answered.put(
                        route,
                        callers.stream()
                                .map(caller -> status(caller, route, task))
                                .toList()));

        assertThat(answered.entrySet()).containsExactlyElementsOf(expected.entrySet());
    }
}

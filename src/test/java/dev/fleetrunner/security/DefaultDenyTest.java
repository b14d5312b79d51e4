package dev.fleetrunner.security;

import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route but a few is for those who are known. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class DefaultDenyTest {
    private static final List<String> OTHERS = List.of(
            "/",
            "/q",
            "/q/",
            "/q/health",
            "/q/health/started",
            "/q/health/well",
            "/q/health/group/x",
            "/q/metrics",
            "/q/openapi",
            "/q/swagger-ui",
            "/q/swagger-ui/index.html",
            "/q/dev-ui",
            "/q/arc",
            "/q/info",
            "/metrics",
            "/nowhere",
            "/tasks/none",
            "/index.html",
            "/api",
            "/api/v2/tasks",
            "/.well-known/anything");
    private static final List<String> DISGUISED = List.of(
            "/q/health/live/../../metrics",
            "//q/metrics",
            "/q//metrics",
            "/q/health/live;x/../../metrics",
            "/q/health/live%2f..%2f..%2fmetrics",
            "/assets/../api/v1/tasks",
            "/assets/%2e%2e/api/v1/tasks",
            "/sign-in/../api/v1/tasks",
            "/API/v1/tasks",
            "/api/v1/tasks;a=b",
            "/api/v1/tasks/",
            "/./api/v1/tasks");

    private final Client known = Client.known();

    record Route(String method, String path) {}

    private List<Route> routes() {
        JsonNode paths = Client.json(known.get("/q/openapi?format=json")).get("paths");
        List<Route> routes = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> routes.add(new Route(
                        method.toUpperCase(java.util.Locale.ROOT), path.getKey().replaceAll("\\{[a-z]+}", "none")))));
        OTHERS.forEach(path -> routes.add(new Route("GET", path)));
        DISGUISED.forEach(path -> routes.add(new Route("GET", path)));
        List.of("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "FOO")
                .forEach(method -> routes.add(new Route(method, "/api/v1/tasks")));
        return routes;
    }

    @Test
    void turnsAwayWhoeverIsNotKnown() {
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(OTHERS.size() + DISGUISED.size() + 12);
        for (String token : new String[] {
            null, "wrong", Client.token() + "0", Client.token().toUpperCase(java.util.Locale.ROOT)
        }) {
            Client stranger = Client.with(token);
            for (Route route : routes) {
                HttpResponse<String> response = stranger.call(route.method(), route.path());
                assertThat(response.statusCode())
                        .as("%s with token %s", route, token)
                        .isEqualTo(401);
                assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
            }
        }
    }

    @Test
    void tellsAProgramWhatToDo() {
        problem(Client.with(null).get("/api/v1/tasks"), 401, CauseCode.UNAUTHORIZED);
    }

    @Test
    void letsInWhoeverIsKnown() {
        for (Route route : routes()) {
            assertThat(known.call(route.method(), route.path()).statusCode())
                    .as(route.toString())
                    .isNotEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRtaW46YWRtaW4=", "Bearer", "Bearer ", "bearer wrong", "Token x", "\u00e4"})
    void takesNothingElseForAToken(String header) {
        assertThat(Client.with(null)
                        .get("/api/v1/tasks", "Authorization", header)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(Client.with(null)
                        .get("/api/v1/tasks", "Authorization", "bearer " + Client.token())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoTokenFromTheAddress() {
        Client stranger = Client.with(null);
        String token = Client.token();
        for (String query : List.of("?token=" + token, "?access_token=" + token)) {
            assertThat(stranger.get("/api/v1/tasks" + query).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/sign-in", "/assets/none"})
    void isOpenWhereItMustBe(String path) {
        assertThat(Client.with(null).get(path).statusCode()).isNotIn(401, 403);
        assertThat(Client.with("wrong").get(path).statusCode()).isNotIn(401, 403);
    }

    @Test
    void tellsStrangersNothingOfTheMachine() {
        String ready = Client.with(null).get("/q/health/ready").body();
        assertThat(ready).doesNotContain(Client.data().toString(), ".sock");
    }

    @Test
    void leadsABrowserToTheSignInPage() {
        HttpResponse<String> response = Client.with(null).get("/some/page?x=1", "Accept", "text/html");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/sign-in?to=%2Fsome%2Fpage%3Fx%3D1"));
    }
}

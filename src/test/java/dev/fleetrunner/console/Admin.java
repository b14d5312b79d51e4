package dev.fleetrunner.console;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** What the service's first admin asks of it, in tests of the console. */
public final class Admin {
    /** A task that does nothing; without an engine it ends with ENGINE_UNAVAILABLE. */
    public static final String NOTHING = "{\"cmd\": [\"true\"]}";

    private Admin() {}

    /** Requests that follow nothing, and whose addresses are sent as they are given. */
    public static RequestSpecification signedIn() {
        return given().header("Authorization", "Bearer " + WithoutEngine.TOKEN)
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false);
    }

    /** A page, as a browser asks for it. */
    public static ValidatableResponse page(String path) {
        return signedIn().accept("text/html").get(path).then();
    }

    /** The id of a task that was handed in; the spec is JSON, or a map that becomes JSON. */
    public static String submitted(Object spec) {
        return handedIn(spec, "", 202);
    }

    /** The id of a task that has ended. */
    public static String ended(Object spec) {
        return handedIn(spec, "?wait=60", 200);
    }

    /** Asks for a task's end. */
    public static void cancel(String id) {
        signedIn().post("/api/v1/tasks/" + id + "/cancel").then().statusCode(200);
    }

    /** A token for another role. */
    public static String token(String name, String role) {
        return signedIn()
                .contentType("application/json")
                .body(Map.of("name", name, "role", role))
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static String handedIn(Object spec, String query, int status) {
        return signedIn()
                .contentType("application/json")
                .body(spec)
                .post("/api/v1/tasks" + query)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(status)
                .extract()
                .path("id");
    }
}

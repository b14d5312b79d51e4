package dev.fleetrunner.console.tokens;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.fleetrunner.console.WithoutEngine;
import dev.fleetrunner.security.Sessions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tokens by hand, in sessions of browsers without scripts. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class TokensPageTest {
    private static final Pattern TOKEN = Pattern.compile("fleet_[0-9a-f]{72}");

    private static String session(String token) {
        return given().redirects()
                .follow(false)
                .formParam("token", token)
                .post("/sign-in")
                .then()
                .statusCode(303)
                .extract()
                .cookie(Sessions.COOKIE);
    }

    private static ValidatableResponse page(String session, String path) {
        return given().redirects()
                .follow(false)
                .cookie(Sessions.COOKIE, session)
                .accept("text/html")
                .get(path)
                .then();
    }

    private static ValidatableResponse make(String session, String name, String role, String days) {
        return given().redirects()
                .follow(false)
                .cookie(Sessions.COOKIE, session)
                .formParam("name", name)
                .formParam("role", role)
                .formParam("days", days)
                .formParam("maxConcurrent", "2")
                .post("/tokens")
                .then();
    }

    private static String made(String session, String name, String role) {
        Matcher token = TOKEN.matcher(
                make(session, name, role, "90").statusCode(200).extract().asString());
        assertThat(token.find()).isTrue();
        return token.group();
    }

    @Test
    void aTokenIsShownOnceAndInNoAddress() {
        String admin = session(WithoutEngine.TOKEN);

        String token = made(admin, "shown", "agent");

        page(admin, "/tokens")
                .statusCode(200)
                .body(allOf(containsString("shown"), containsString("2 at once"), not(containsString(token))));
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/whoami")
                .then()
                .statusCode(200)
                .body(containsString("\"shown\""));
    }

    @Test
    void aMistakeKeepsWhatWasTypedIn() {
        String admin = session(WithoutEngine.TOKEN);

        make(admin, "two words\"><b>", "agent", "90")
                .statusCode(400)
                .body(containsString("role=\"alert\""))
                .body(containsString("two words&quot;&gt;&lt;b&gt;"));
        make(admin, "days", "agent", "many").statusCode(400).body(containsString("Days must be"));
        make(admin, "role", "root", "").statusCode(400).body(containsString("Choose a role."));
    }

    @Test
    void aSessionEndsWithItsToken() {
        String admin = session(WithoutEngine.TOKEN);
        String operator = session(made(admin, "ends", "operator"));
        page(operator, "/").statusCode(200).body(containsString("(operator)"));
        Matcher revoke = Pattern.compile("/tokens/(\\w+)/revoke\">Revoke<span class=\"unseen\"> ends<")
                .matcher(page(admin, "/tokens").extract().asString());
        assertThat(revoke.find()).isTrue();
        String path = "/tokens/" + revoke.group(1) + "/revoke";
        page(admin, path).statusCode(200).body(containsString("Revoke the token"));

        given().redirects()
                .follow(false)
                .cookie(Sessions.COOKIE, admin)
                .post(path)
                .then()
                .statusCode(303);

        page(operator, "/").statusCode(302);
        page(admin, path).body(containsString("revoked already"));
    }

    @Test
    void pagesAreAsTheRoleIs() {
        String admin = session(WithoutEngine.TOKEN);
        page(admin, "/").body(containsString("href=\"/tokens\""));
        String viewer = session(made(admin, "looks", "viewer"));

        page(viewer, "/").statusCode(200).body(not(containsString("href=\"/tokens\"")));
        page(viewer, "/tokens")
                .statusCode(403)
                .body(containsString("This is not for your role"))
                .body(containsString("the role viewer may not list tokens; these may: admin"));
    }

    @Test
    void anotherSitesFormMakesNoToken() {
        given().cookie(Sessions.COOKIE, session(WithoutEngine.TOKEN))
                .header("Sec-Fetch-Site", "cross-site")
                .formParam("name", "foreign")
                .formParam("role", "admin")
                .post("/tokens")
                .then()
                .statusCode(401);
    }
}

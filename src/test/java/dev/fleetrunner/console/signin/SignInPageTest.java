package dev.fleetrunner.console.signin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.fleetrunner.console.WithoutEngine;
import dev.fleetrunner.security.Sessions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit of failures holds for the whole service, so the test that uses it up comes last. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class SignInPageTest {
    @Test
    void whoIsNotKnownIsLedHereAndBack() {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/?status=failed")
                .then()
                .statusCode(302)
                .header("Location", "/sign-in?to=%2F%3Fstatus%3Dfailed");
        given().urlEncodingEnabled(false)
                .get("/sign-in?to=%2F%3Fstatus%3Dfailed")
                .then()
                .statusCode(200)
                .header(
                        "Content-Security-Policy",
                        allOf(containsString("default-src 'self'"), not(containsString("unsafe"))))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .body(containsString("value=\"/?status=failed\""));
    }

    @Test
    void aTokenOpensASession() {
        String cookie = signIn(WithoutEngine.TOKEN, "/tasks/x")
                .statusCode(303)
                .header("Location", "/tasks/x")
                .header(
                        "Set-Cookie",
                        allOf(
                                containsString("HttpOnly"),
                                containsString("SameSite=Strict"),
                                containsString("Path=/"),
                                containsString("Max-Age=" + Sessions.LENGTH.toSeconds()),
                                not(containsString("Secure"))))
                .extract()
                .cookie(Sessions.COOKIE);
        given().cookie(Sessions.COOKIE, cookie)
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("<h1>Overview</h1>"));
        given().redirects()
                .follow(false)
                .cookie(Sessions.COOKIE, cookie)
                .get("/sign-in")
                .then()
                .statusCode(303)
                .header("Location", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil.example", "https://evil.example/"})
    void noOtherSiteIsLedTo(String to) {
        signIn(WithoutEngine.TOKEN, to).statusCode(303).header("Location", "/");
    }

    @Test
    void aWrongTokenIsToldSoAndNotRepeated() {
        signIn("<b>wrong</b>", "\"><script>")
                .statusCode(401)
                .header("Set-Cookie", nullValue())
                .body(containsString("This token is not known."))
                .body(not(containsString("wrong</b>")))
                .body(not(containsString("\"><script>")));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null"
    })
    void anotherSitesFormIsRefused(String header, String value) {
        given().redirects()
                .follow(false)
                .header(header, value)
                .formParam("token", WithoutEngine.TOKEN)
                .post("/sign-in")
                .then()
                .statusCode(403)
                .header("Set-Cookie", nullValue());
    }

    @Test
    void signingOutEndsTheSessionInTheBrowser() {
        String cookie = signIn(WithoutEngine.TOKEN, "/").extract().cookie(Sessions.COOKIE);
        given().redirects()
                .follow(false)
                .cookie(Sessions.COOKIE, cookie)
                .post("/sign-out")
                .then()
                .statusCode(303)
                .header("Set-Cookie", containsString("Max-Age=0"));
        given().cookie(Sessions.COOKIE, cookie)
                .header("Sec-Fetch-Site", "cross-site")
                .post("/sign-out")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"console.css", "console.js", "favicon.svg", "vendor/htmx-2.0.10.min.js", "vendor/NOTICE.txt"})
    void assetsNeedNoSession(String name) {
        given().get("/assets/" + name).then().statusCode(200).header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void guessingIsSlowedDownForWhoeverGuesses() throws UnknownHostException {
        RestAssuredConfig elsewhere = RestAssured.config()
                .httpClient(HttpClientConfig.httpClientConfig()
                        .setParam("http.route.local-address", InetAddress.getByName("127.0.0.9")));
        for (int i = 0; i < 10; i++) {
            signIn(elsewhere, "guess-" + i, "/").statusCode(401);
        }
        signIn(elsewhere, WithoutEngine.TOKEN, "/")
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, lessThanOrEqualTo(60))
                .body(containsString("Try again in"));
        signIn(WithoutEngine.TOKEN, "/").statusCode(303);
    }

    private static ValidatableResponse signIn(String token, String to) {
        return signIn(RestAssured.config(), token, to);
    }

    private static ValidatableResponse signIn(RestAssuredConfig config, String token, String to) {
        return given().config(config)
                .redirects()
                .follow(false)
                .formParam("token", token)
                .formParam("to", to)
                .post("/sign-in")
                .then();
    }
}

package dev.fleetrunner.console.submit;

import static dev.fleetrunner.console.Admin.page;
import static dev.fleetrunner.console.Admin.signedIn;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.fleetrunner.console.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A new task by a browser without scripts. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class NewTaskPageTest {
    private static final String SCRIPT = "</textarea><script>alert(\"1\")</script>";
    private static final String ESCAPED = "&lt;/textarea&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;";

    private static ValidatableResponse post(String action, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(Map.of("shown", "form", "cmd.by", "/bin/sh -c", "action", action));
        all.putAll(fields);
        return signedIn()
                .urlEncodingEnabled(true)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(all)
                .post("/tasks/new")
                .then();
    }

    private static ValidatableResponse postJson(String action, String json) {
        return post(action, Map.of("shown", "json", "json", json));
    }

    private static String submitted(ValidatableResponse answer) {
        String place = answer.statusCode(303)
                .header("Location", matchesPattern("/tasks/[0-9A-Z]{26}"))
                .extract()
                .header("Location");
        return place.substring("/tasks/".length());
    }

    private static JsonPath spec(String id) {
        return signedIn()
                .get("/api/v1/tasks/" + id + "/spec")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String key(String html) {
        Matcher key = Pattern.compile("name=\"key\" value=\"(console-[^\"]+)\"").matcher(html);
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    @Test
    void theFormShowsDefaultsAndKeepsThemOut() {
        page("/tasks/new")
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("placeholder=\"2400\""))
                .body(containsString("placeholder=\"4Gi\""))
                .body(containsString("aria-current=\"page\">New task"));

        String id = submitted(post("submit", Map.of("cmd", "exit 0")));

        assertThat(spec(id).getMap("resources")).doesNotContainKeys("cpu", "memory", "pids");
        assertThat(spec(id).getList("cmd")).isEqualTo(java.util.List.of("/bin/sh", "-c", "exit 0"));
    }

    @Test
    void whatIsTypedIsSubmitted() {
        String id = submitted(post(
                "submit",
                Map.ofEntries(
                        Map.entry("cmd.by", ""),
                        Map.entry("cmd", "echo\r\nüä <b>\r\n"),
                        Map.entry("env.0.name", "A"),
                        Map.entry("env.0.value", "one\r\ntwo"),
                        Map.entry("mounts.4.type", "tmpfs"),
                        Map.entry("mounts.4.target", "/scratch"),
                        Map.entry("mounts.4.size", "8Mi"),
                        Map.entry("timeouts.overallSec", " 60 "),
                        Map.entry("resources.memory", "64Mi"),
                        Map.entry("artifacts.paths", "/workspace/a\r\n\r\n/workspace/b"),
                        Map.entry("context.case_id", "case-form"),
                        Map.entry("labels.0.name", "team"),
                        Map.entry("labels.0.value", "authz"),
                        Map.entry("priority", "-3"))));

        JsonPath spec = spec(id);
        assertThat(spec.getList("cmd")).isEqualTo(java.util.List.of("echo", "üä <b>"));
        assertThat(spec.getString("env.A")).isEqualTo("one\ntwo");
        assertThat(spec.getString("mounts[0].size")).isEqualTo("8Mi");
        assertThat(spec.getInt("timeouts.overallSec")).isEqualTo(60);
        assertThat(spec.getString("resources.memory")).isEqualTo("64Mi");
        assertThat(spec.getList("artifacts.paths")).hasSize(2);
        assertThat(spec.getString("labels.team")).isEqualTo("authz");
        assertThat(spec.getInt("priority")).isEqualTo(-3);
    }

    @Test
    void faultsAreAtTheirFieldsAndNothingIsLost() {
        post(
                        "submit",
                        Map.of(
                                "mounts.0.type",
                                "workspace",
                                "image",
                                "Not An Image " + SCRIPT,
                                "timeouts.overallSec",
                                "soon",
                                "env.0.name",
                                "9\"><b>",
                                "env.0.value",
                                SCRIPT,
                                "mounts.0.source",
                                "ws-",
                                "resources.disk",
                                "\"><i>"))
                .statusCode(400)
                .body(containsString("<title>Not taken: new task"))
                .body(containsString("id=\"faults\" tabindex=\"-1\" autofocus"))
                .body(containsString("href=\"#cmd\">Command</a>: is missing."))
                .body(containsString(
                        "href=\"#timeouts.overallSec\">Seconds for the command</a>: must be a whole number"))
                .body(containsString("id=\"image-fault\""))
                .body(containsString("id=\"env.0.name-fault\""))
                .body(containsString("id=\"mounts.0.source-fault\""))
                .body(containsString("id=\"mounts.0.target-fault\""))
                .body(containsString("<details open id=\"part-more-limits\">"))
                .body(containsString("value=\"soon\""))
                .body(containsString("Not An Image " + ESCAPED))
                .body(containsString("\n" + ESCAPED + "</textarea>"))
                .body(containsString("value=\"&quot;&gt;&lt;i&gt;\""))
                .body(not(containsString("<script>alert")))
                .body(not(containsString("<i>")))
                .body(not(containsString("<b>")));
    }

    @Test
    void theSpecCanBeSeenAsJsonAndBack() {
        String json = post(
                        "",
                        Map.of("view", "json", "cmd", "\r\necho '" + SCRIPT + "'", "key", "kept-1", "priority", "much"))
                .statusCode(200)
                .body(containsString("value=\"kept-1\""))
                .body(containsString("&quot;priority&quot; : &quot;much&quot;"))
                .body(not(containsString("<script>alert")))
                .extract()
                .asString();
        assertThat(json).contains("name=\"shown\" value=\"json\"");

        post("", Map.of("shown", "json", "view", "form", "json", "{\"cmd\": [\"/bin/sh\", \"-c\", \"\\necho x\"]}"))
                .statusCode(200)
                .body(containsString("name=\"shown\" value=\"form\""))
                .body(containsString(">\n\necho x</textarea>"));
        post("", Map.of("shown", "json", "view", "form", "json", "{\"cmd\": [\"a\"], \"odd\": \"" + "<b>\"}"))
                .statusCode(200)
                .body(containsString("The form cannot show all of this spec"))
                .body(containsString("{&quot;cmd&quot;: [&quot;a&quot;], &quot;odd&quot;: &quot;&lt;b&gt;&quot;}"));
    }

    @Test
    void jsonIsSubmittedAndItsFaultsAreSaidWithTheirLines() {
        submitted(postJson("submit", "{\"cmd\": [\"true\"]}"));

        postJson("submit", "{\"cmd\": [\"true\"],\r\n \"image\"; </textarea>")
                .statusCode(400)
                .body(containsString("not JSON at line 2, column"))
                .body(containsString("&quot;image&quot;; &lt;/textarea&gt;</textarea>"));
        postJson("submit", "{\"cmd\": [\"true\"],\n\n \"priority\": 1000}")
                .statusCode(400)
                .body(containsString("<code>line 3, /priority</code>"));
        postJson("submit", "").statusCode(400).body(containsString("the document is empty"));
    }

    @Test
    void thePolicyIsAsked() {
        post("check", Map.of("cmd", "true"))
                .statusCode(200)
                .body(containsString("Allowed by rule everyone (profile strict)."))
                .body(containsString("id=\"said\" tabindex=\"-1\" autofocus"));
        post("check", Map.of("cmd", "true", "network.mode", "open", "user", "0:0"))
                .statusCode(200)
                .body(containsString("Denied by rule everyone (profile strict)."))
                .body(containsString(
                        "href=\"#network.mode\">May reach</a>: network.mode open is denied by rule everyone"))
                .body(containsString("id=\"user-fault\""))
                .body(containsString("<option value=\"open\" selected>"));
        post("check", Map.of()).statusCode(200).body(containsString("the spec has a fault."));
        signedIn()
                .header("HX-Request", "true")
                .formParams(Map.of("action", "check", "shown", "form", "cmd", "true"))
                .post("/tasks/new")
                .then()
                .body(allOf(containsString("id=\"said\""), not(containsString("autofocus"))));
    }

    @Test
    void aDenialNamesItsRule() {
        post("submit", Map.of("cmd", "true", "network.mode", "restricted", "network.allow", "pypi.org"))
                .statusCode(403)
                .body(containsString("POLICY_DENIED"))
                .body(containsString("Rule of the policy: <code>everyone</code>"))
                .body(containsString("id=\"network.mode-fault\""))
                .body(containsString("\npypi.org</textarea>"));
    }

    @Test
    void aFormThatIsSentTwiceRunsOnce() {
        String key = key(page("/tasks/new").extract().asString());

        String first = submitted(post("submit", Map.of("cmd", "true", "key", key)));
        String again = submitted(post("submit", Map.of("cmd", "true", "key", key)));

        assertThat(again).isEqualTo(first);
        String changed = post("submit", Map.of("cmd", "false", "key", key))
                .statusCode(409)
                .body(containsString("this page has submitted it"))
                .extract()
                .asString();
        assertThat(submitted(post("submit", Map.of("cmd", "false", "key", key(changed)))))
                .isNotEqualTo(first);
    }

    @Test
    void examplesAndEarlierTasksCanBeBegunWith() {
        for (Example example : Example.ALL) {
            page("/tasks/new?example=" + example.name()).statusCode(200).body(not(containsString("cannot show all")));
        }
        page("/tasks/new?example=limits").body(containsString("value=\"256Mi\""));
        page("/tasks/new?example=limits&view=json").body(containsString("&quot;memory&quot; : &quot;256Mi&quot;"));
        page("/tasks/new?example=nope").statusCode(404);

        String id = submitted(post(
                "submit", Map.of("cmd", "echo " + SCRIPT, "context.case_id", "case-from", "timeouts.graceSec", "3")));
        page("/tasks/new?from=" + id)
                .statusCode(200)
                .body(containsString("echo " + ESCAPED + "</textarea>"))
                .body(containsString("value=\"case-from\""))
                .body(containsString("id=\"timeouts.graceSec\" name=\"timeouts.graceSec\" value=\"3\""))
                .body(containsString("id=\"timeouts.overallSec\" name=\"timeouts.overallSec\" value=\"\""));
        page("/tasks/new?from=01NOSUCHTASK").statusCode(404);

        String odd = submitted(postJson("submit", "{\"cmd\": [\"echo\", \"\"]}"));
        page("/tasks/new?from=" + odd).body(containsString("The form cannot show all of this spec"));
    }

    @Test
    void rowsComeAndGo() {
        String more = post("more env", Map.of("env.0.name", "KEPT", "env.7.value", "here"))
                .statusCode(200)
                .extract()
                .asString();
        assertThat(more).contains("value=\"KEPT\"", "\nhere</textarea>", "name=\"env.10.name\"");

        post("drop env 0", Map.of("env.0.name", "GONE", "env.1.name", "KEPT"))
                .statusCode(200)
                .body(allOf(containsString("value=\"KEPT\""), not(containsString("GONE"))));
        post("more", Map.of()).statusCode(200);
        post("drop", Map.of()).statusCode(200);
    }

    @Test
    void itIsNotForViewers() {
        String viewer = signedIn()
                .contentType("application/json")
                .body("{\"name\": \"new-task-viewer\", \"role\": \"viewer\"}")
                .post("/api/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");

        given().header("Authorization", "Bearer " + viewer)
                .get("/tasks/new")
                .then()
                .statusCode(403)
                .body(containsString("This is not for your role"));
        given().header("Authorization", "Bearer " + viewer)
                .formParam("cmd", "true")
                .post("/tasks/new")
                .then()
                .statusCode(403)
                .contentType("text/html");
    }
}

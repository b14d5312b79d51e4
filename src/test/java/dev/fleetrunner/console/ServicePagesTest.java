package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.ended;
import static dev.fleetrunner.console.Admin.page;
import static dev.fleetrunner.console.Admin.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The pages about the service, and about several tasks; tasks end with ENGINE_UNAVAILABLE here. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class ServicePagesTest {
    private static final String SCRIPT = "<script>alert(1)</script>";

    @Test
    void theOverviewCountsWhatEndedTodayAndSaysWhatIsMissing() {
        ended("{\"cmd\": [\"true\"]}");

        page("/")
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("<title>0 running, 0 waiting · Fleet Runner</title>"))
                .body(containsString("href=\"/tasks?status=error\""))
                .body(containsString("No container engine was found."))
                .body(containsString("Nothing runs."))
                .body(containsString("Nothing waits."))
                .body(containsString("sse-connect=\"/overview/live\""));
    }

    @Test
    void theListKeepsItsFiltersInTheAddress() {
        String mine = ended("{\"cmd\": [\"true\"], \"labels\": {\"team\": \"" + SCRIPT + "\", \"n\": \"1\"},"
                + " \"context\": {\"case_id\": \"list-1\"}}");
        String other = ended("{\"cmd\": [\"true\"], \"context\": {\"case_id\": \"list-2\"}}");

        page("/tasks?case_id=list-1").body(allOf(containsString(mine), not(containsString(other))));
        page("/tasks?case_id=list-*").body(allOf(containsString(mine), containsString(other)));
        page("/tasks?case_id=list-*&status=passed").body(not(containsString(mine)));
        page("/tasks?case_id=list-*&status=passed")
                .body(containsString("href=\"/tasks?status=error&amp;case_id=list-%2A\""));
        page("/tasks?label=n%3D1")
                .body(containsString(mine))
                .body(not(containsString(other)))
                .body(containsString("value=\"n=1\""));
        page("/tasks?owner=%3Cscript%3E").statusCode(200).body(not(containsString("<script>\"")));
        page("/tasks?label=n").statusCode(400).body(containsString("label must be key=value"));
    }

    @Test
    void aCaseTellsItsTasksInTheirOrder() {
        String first = ended("{\"cmd\": [\"echo\", \"" + SCRIPT + "\"], \"context\": {\"case_id\": \"case/ä 7\"}}");
        String second = ended("{\"cmd\": [\"true\"], \"context\": {\"case_id\": \"case/ä 7\"}}");

        String html = page("/cases/case%2F%C3%A4%207")
                .statusCode(200)
                .body(not(containsString(SCRIPT)))
                .body(containsString("The first of its line."))
                .body(containsString("No change in the outcome."))
                .extract()
                .asString();

        assertThat(html.indexOf(second)).isPositive().isLessThan(html.indexOf(first));
        page("/cases/none").statusCode(404);
    }

    @Test
    void aTaskIsRunAgainByAButton() {
        String id = ended("{\"cmd\": [\"true\"]}");

        String location = signedIn()
                .redirects()
                .follow(false)
                .post("/tasks/" + id + "/rerun")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");

        page(location).statusCode(200).body(containsString("<dt>Repeats</dt><dd><a href=\"/tasks/" + id + "\">"));
    }

    @Test
    void containersPolicyAuditAndSystemArePages() {
        ended("{\"cmd\": [\"true\"]}");
        page("/containers").statusCode(200).body(containsString("No task has a container now."));
        page("/policy").statusCode(200).body(containsString("profiles:")).body(containsString("SHA-256"));
        page("/audit?action=task.submit")
                .statusCode(200)
                .body(containsString("task.submit"))
                .body(containsString("<option selected>task.submit</option>"));
        page("/audit?outcome=odd").statusCode(400);
        page("/audit?who=nobody-at-all").statusCode(200).body(containsString("There are no such entries."));
        page("/system")
                .statusCode(200)
                .body(containsString("fleet.data-dir"))
                .body(containsString("set, not shown"))
                .body(not(containsString(WithoutEngine.TOKEN)));
    }
}

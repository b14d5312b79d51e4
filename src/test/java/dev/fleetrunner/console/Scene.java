package dev.fleetrunner.console;

import static dev.fleetrunner.console.Admin.cancel;
import static dev.fleetrunner.console.Admin.ended;
import static dev.fleetrunner.console.Admin.signedIn;
import static dev.fleetrunner.console.Admin.submitted;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks on a real engine for the pages to show, handed in over REST.
 *
 * @param caseId that all belong to
 * @param failed a task whose test failed, with artifacts
 * @param passed the next one in its case, whose tests passed
 * @param running one that runs until somebody ends it
 */
record Scene(String caseId, String failed, String passed, String running) {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** One pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    static Scene set(String caseId) {
        String failed = ended(reporting(caseId, "<failure message='expected 4'>at Calc.java:42</failure>", 1));
        String passed = ended(reporting(caseId, "", 0));
        String running = submitted(Map.of(
                "cmd",
                List.of("/bin/sh", "-c", "i=0; while :; do i=$((i+1)); echo \"line $i\"; sleep 0.2; done"),
                "context",
                Map.of("case_id", caseId, "task_id", "watch", "role", "qa"),
                "timeouts",
                Map.of("overallSec", 300)));
        await().atMost(SOON)
                .until(() ->
                        signedIn().get("/api/v1/tasks/" + running + "/usage").statusCode() == 200);
        return new Scene(caseId, failed, passed, running);
    }

    private static Map<String, Object> reporting(String caseId, String failure, int exitCode) {
        String report = "<testsuite name='calc'><testcase name='adds' classname='Calc' time='0.01'/>"
                + "<testcase name='subtracts' classname='Calc' time='0.2'>" + failure + "</testcase></testsuite>";
        return Map.of(
                "cmd",
                List.of(
                        "/bin/sh",
                        "-c",
                        "mkdir -p reports/html && printf '%s' \"$REPORT\" > reports/TEST-calc.xml"
                                + " && printf '%s' '{\"a\":[1,{\"b\":null}]}' > reports/data.json"
                                + " && printf '%s' '<script>document.title = 1</script>' > reports/html/index.html"
                                + " && printf '%s' " + PNG + " | base64 -d > reports/dot.png"
                                + " && echo started && printf '\\033[31merror: \\033[1mno\\033[0m\\n' >&2; exit "
                                + exitCode),
                "env",
                Map.of("REPORT", report),
                "artifacts",
                Map.of("paths", List.of("/workspace/reports")),
                "labels",
                Map.of("team", "authz"),
                "context",
                Map.of("case_id", caseId, "task_id", "dev-impl", "role", "developer"));
    }

    /** Ends what still runs. */
    void end() {
        cancel(running);
        signedIn().get("/api/v1/tasks/" + running + "/result?wait=60").then().statusCode(200);
    }

    /** The addresses of all pages, by a name for each. */
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("overview", "/");
        pages.put("tasks", "/tasks");
        pages.put("tasks-filtered", "/tasks?status=failed&case_id=" + caseId);
        pages.put("tasks-none", "/tasks?owner=nobody");
        pages.put("task-failed", "/tasks/" + failed);
        pages.put("task-running", "/tasks/" + running);
        pages.put("task-cancel", "/tasks/" + running + "/cancel");
        pages.put("new-task", "/tasks/new?example=agent-task");
        pages.put("new-task-json", "/tasks/new?view=json&from=" + failed);
        pages.put("file-report", "/tasks/" + failed + "/files/workspace/reports/TEST-calc.xml");
        pages.put("file-json", "/tasks/" + failed + "/files/workspace/reports/data.json");
        pages.put("file-html", "/tasks/" + failed + "/files/workspace/reports/html/index.html");
        pages.put("file-image", "/tasks/" + failed + "/files/workspace/reports/dot.png");
        pages.put("case", "/cases/" + caseId);
        pages.put("containers", "/containers");
        pages.put("policy", "/policy");
        pages.put("tokens", "/tokens");
        pages.put("audit", "/audit");
        pages.put("system", "/system");
        pages.put("not-there", "/tasks/none");
        return pages;
    }
}

package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Test results within a budget: the numbers, then as many failures as fit, each with what it says. */
final class FailedTests {
    private static final int LEAST = 400;
    private static final int FIRST_FEW = 4;
    /** What the numbers beside the failures take. */
    private static final int NUMBERS = 110;

    private FailedTests() {}

    static void add(Parts parts, TestSummary tests, int bytes) {
        if (tests == null) {
            return;
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        var words = new StringBuilder();
        int room = bytes - NUMBERS;
        int each = Math.max(LEAST, bytes / Math.max(1, Math.min(tests.failures().size(), FIRST_FEW)));
        for (TestFailure failure : tests.failures()) {
            Map<String, Object> json = json(failure, Math.min(each, room));
            room -= JsonLength.of(json) + 1;
            if (room < 0) {
                break;
            }
            shown.add(json);
            words.append(words(json));
        }
        int omitted = tests.failed() - shown.size();
        parts.field("tests", summary(tests, shown, omitted))
                .line("Tests: " + tests.total() + " in all, " + tests.passed() + " passed, " + tests.failed()
                        + " failed, " + tests.skipped() + " skipped")
                .block(words.toString());
        if (omitted > 0) {
            parts.line("[… " + omitted + " more failed tests are in the resource that result_uri names …]");
        }
    }

    private static Map<String, Object> summary(TestSummary tests, List<Map<String, Object>> failures, int omitted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", tests.total());
        json.put("passed", tests.passed());
        json.put("failed", tests.failed());
        json.put("skipped", tests.skipped());
        json.put("duration_sec", tests.durationSec());
        json.put("failures", failures);
        json.put("failures_omitted", Math.max(0, omitted));
        return json;
    }

    private static Map<String, Object> json(TestFailure failure, int bytes) {
        int quarter = bytes / 4;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", Cut.end(failure.name(), quarter));
        put(json, "suite", Cut.end(failure.suite(), quarter / 2));
        put(json, "file", Cut.end(failure.file(), quarter / 2));
        put(json, "line", failure.line());
        put(json, "message", Cut.end(failure.message(), quarter));
        int left = bytes - JsonLength.of(json) - "\"details\":\"\",".length();
        if (left > LEAST / 8 && !repeats(failure)) {
            put(json, "details", Cut.middle(failure.details(), left));
        }
        return json;
    }

    private static boolean repeats(TestFailure failure) {
        return failure.details() != null
                && failure.message() != null
                && failure.details().strip().equals(failure.message().strip());
    }

    private static void put(Map<String, Object> json, String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String words(Map<String, Object> failure) {
        var words = new StringBuilder("FAILED ");
        if (failure.containsKey("suite")) {
            words.append(failure.get("suite")).append(" > ");
        }
        words.append(failure.get("name"));
        if (failure.containsKey("file")) {
            words.append("  (").append(failure.get("file"));
            words.append(failure.containsKey("line") ? ":" + failure.get("line") + ")" : ")");
        }
        words.append('\n');
        for (String part : List.of("message", "details")) {
            if (failure.containsKey(part)) {
                failure.get(part).toString().lines().forEach(line -> words.append("  ")
                        .append(line)
                        .append('\n'));
            }
        }
        return words.toString();
    }
}

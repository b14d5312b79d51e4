package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.console.WithoutEngine;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The protocol's own suite. Most of its scenarios call tools, resources and prompts of a server that was made for the
 * suite; those do not apply to any other server. What is sent over them is held by {@link ToolsTest} and the protocol's
 * own client ({@link OfficialClientTest}).
 */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@Tag("engine")
class ConformanceTest {
    private static final List<String> OFFERED = List.of(
            "server-initialize",
            "logging-set-level",
            "ping",
            "tools-list",
            "server-sse-multiple-streams",
            "resources-list",
            "prompts-list",
            "dns-rebinding-protection");
    private static final List<String> NEED_THE_SUITES_OWN_TOOLS = List.of(
            "tools-call-simple-text",
            "tools-call-image",
            "tools-call-audio",
            "tools-call-embedded-resource",
            "tools-call-mixed-content",
            "tools-call-with-logging",
            "tools-call-error",
            "tools-call-with-progress",
            "tools-call-sampling",
            "tools-call-elicitation",
            "json-schema-2020-12",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums",
            "server-sse-polling");
    private static final List<String> NEED_THE_SUITES_OWN_RESOURCES_AND_PROMPTS = List.of(
            "resources-read-text",
            "resources-read-binary",
            "resources-templates-read",
            "resources-subscribe",
            "resources-unsubscribe",
            "prompts-get-simple",
            "prompts-get-with-args",
            "prompts-get-embedded-resource",
            "prompts-get-with-image");
    /** An optional feature that is not offered. */
    private static final List<String> NOT_OFFERED = List.of("completion-complete");

    private static final Pattern VERDICT =
            Pattern.compile("^([✓✗]) ([\\w-]+): (\\d+) passed, (\\d+) failed", Pattern.MULTILINE);

    @TestHTTPResource("/mcp")
    URI address;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whatIsOfferedConforms() {
        Map<String, Boolean> verdicts = new TreeMap<>();
        String told;
        try (var proxy = new TokenProxy(address.getPort(), WithoutEngine.TOKEN)) {
            told = NodeClients.run(
                            Map.of(),
                            List.of(
                                    "node",
                                    "node_modules/@modelcontextprotocol/conformance/dist/index.js",
                                    "server",
                                    "--suite",
                                    "all",
                                    "--url",
                                    "http://localhost:" + proxy.port() + "/mcp"))
                    .told();
        }
        VERDICT.matcher(told)
                .results()
                .forEach(verdict -> verdicts.put(
                        verdict.group(2), verdict.group(1).equals("✓") && Integer.parseInt(verdict.group(3)) > 0));

        assertThat(verdicts).as(told).containsOnlyKeys(all());
        assertThat(OFFERED).as(told).allSatisfy(scenario -> assertThat(verdicts).containsEntry(scenario, true));
    }

    private static String[] all() {
        return Stream.of(OFFERED, NEED_THE_SUITES_OWN_TOOLS, NEED_THE_SUITES_OWN_RESOURCES_AND_PROMPTS, NOT_OFFERED)
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}

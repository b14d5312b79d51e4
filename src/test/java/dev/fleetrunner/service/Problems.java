package dev.fleetrunner.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.contract.CauseCode;
import java.net.http.HttpResponse;

/** What every refusal must be. */
public final class Problems {
    private static final int SHORT = 1500;

    private Problems() {}

    /** Asserts that the answer is a short problem document and gives it. */
    public static JsonNode problem(HttpResponse<String> response, int status, CauseCode code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).hasSizeLessThan(SHORT);
        JsonNode problem = Client.json(response);
        assertThat(problem.path("code").asText()).as(response.body()).isEqualTo(code.name());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("remedy").asText()).isEqualTo(code.remedy());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        return problem;
    }
}

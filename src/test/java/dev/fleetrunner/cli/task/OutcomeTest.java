package dev.fleetrunner.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a task's end becomes an exit code. */
class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "passed, 0, , 0",
        "failed, 3, EXIT_NONZERO, 3",
        "failed, 255, EXIT_NONZERO, 255",
        "failed, null, OOM_KILLED, 1",
        "failed, 0, RESOURCE_LIMIT, 1",
        "timeout, null, TIMEOUT, 124",
        "cancelled, null, CANCELLED, 130",
        "error, null, IMAGE_NOT_FOUND, 125",
        "error, 127, COMMAND_NOT_FOUND, 127",
    })
    void everyEndHasItsCode(String status, String exitCode, String cause, int expected) throws IOException {
        String result = "{\"status\": \"%s\", \"exitCode\": %s, \"cause\": {\"code\": \"%s\"}}"
                .formatted(status, exitCode, cause);
        assertThat(Outcome.exitCode(Json.read(result.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
    }
}

package dev.fleetrunner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Callers;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.runtime.DeniedHosts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task was kept from reaching comes out in its result. */
class DeniedHostsTest extends WithRunner {
    private static final String RESTRICTED = "{\"cmd\":[\"agent-task\"],\"network\":{\"mode\":\"restricted\"}}";
    private static final DeniedHosts DENIED =
            new DeniedHosts(List.of("a.example", "b.example:22"), List.of("b.example:22 is private"));

    private TaskResult resultOf(String spec) {
        Runner runner = runner(setup(1, LASTS)).begin();
        String id = runner.submit(spec);
        runner.engine.deny(id, DENIED);
        runner.tasks.cancel(Callers.operator(Runner.OWNER), id).await().atMost(Runner.SOON);
        return runner.result(id);
    }

    @Test
    void ofARestrictedTaskTheyAreTold() {
        TaskResult result = resultOf(RESTRICTED);

        assertThat(result.deniedHosts()).isEqualTo(DENIED.hosts());
        assertThat(result.notes()).containsAll(DENIED.notes());
    }

    @Test
    void ofOthersNobodyIsAsked() {
        assertThat(resultOf(SPEC).deniedHosts()).isEmpty();
    }
}

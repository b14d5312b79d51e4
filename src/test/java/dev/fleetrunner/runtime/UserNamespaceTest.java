package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.runtime.engine.EngineFixture;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * A Podman of a user who is not root, and a Docker that maps its users: the wall holds, and limits that are ignored are
 * never claimed.
 */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
class UserNamespaceTest extends RuntimeContract {

    static Stream<RuntimeFixture> fixtures() {
        return present(EngineFixture.PODMAN_ROOTLESS, EngineFixture.DOCKER_USERNS);
    }

    private Set<String> unenforced() {
        return ((RuntimeStatus.Up) runtime.probe().await().atMost(LIMIT)).unenforced();
    }

    @Test
    void rootInTheContainerIsNobodyOnTheMachine() {
        TaskRun run = run(shell("id -u; awk '$1 == 0 { print $2 != 0 }' /proc/self/uid_map; touch ~/a && echo ok")
                .named(Set.of())
                .user("0:0"));

        assertThat(run.out()).isEqualTo("0\n1\nok\n");
        assertThat(run.enforced().isolation()).isEqualTo("userns");
    }

    @Test
    void anyUserHasWritableWorkPlaces() {
        for (String user : new String[] {"1000:1000", "4321:4322"}) {
            TaskRun run = run(shell("touch /workspace/a /home/agent/b && stat -c %u:%g /workspace/a")
                    .named(Set.of())
                    .user(user));
            assertThat(run.out()).isEqualTo(user + "\n");
        }
    }

    @Test
    void aLimitThatIsKeptIsInTheReceiptAndAnotherIsNull() {
        Set<String> unenforced = unenforced();

        Enforced enforced = run(shell("true").named(Set.of())).enforced();

        assertThat(enforced.memoryBytes() == null).isEqualTo(unenforced.contains("memoryBytes"));
        assertThat(enforced.cpus() == null).isEqualTo(unenforced.contains("cpus"));
        assertThat(enforced.pids() == null).isEqualTo(unenforced.contains("pids"));
    }

    @Test
    void aNamedLimitHoldsOrIsRefusedBeforeTheStart() {
        var spec = shell("cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null")
                .memory(128L << 20)
                .named(Set.of("memoryBytes"));

        if (unenforced().contains("memoryBytes")) {
            assertThatThrownBy(() -> run(spec)).isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
                assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_SUPPORTED);
                assertThat(failure.reason().message()).contains("memoryBytes");
            });
            assertThat(owned()).isEmpty();
        } else {
            assertThat(run(spec).out()).isEqualTo((128L << 20) + "\n");
        }
    }
}

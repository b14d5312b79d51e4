package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what real engines answered: Podman 4.3 says of every limit that it keeps it, rootless too. */
class EngineLimitsTest {
    private static final String ALL =
            "'MemoryLimit': true, 'CpuCfsQuota': true, 'PidsLimit': true, 'SecurityOptions': ['name=seccomp,profile=default']";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            v1 | []                        | memoryBytes cpus pids
            v1 | ['memory', 'cpu', 'pids'] | memoryBytes cpus pids
            v2 | []                        | memoryBytes cpus pids
            v2 | ['memory', 'pids']        | cpus
            v2 | ['cpuset', 'cpu', 'io', 'memory', 'pids'] | ''
            """)
    void aRootlessPodmanKeepsWhatItsUserWasGiven(String version, String controllers, String missing) {
        JsonNode libpod =
                json("{'host': {'cgroupVersion': '" + version + "', 'cgroupControllers': " + controllers + "}}");

        Set<String> unenforced = EngineLimits.unenforced(json("{" + ALL + ", 'Rootless': true}"), () -> Uni.createFrom()
                        .item(libpod))
                .await()
                .indefinitely();

        assertThat(String.join(" ", unenforced).split(" ")).containsExactlyInAnyOrder(missing.split(" "));
    }

    @Test
    void othersAreBelieved() {
        assertThat(usual("{" + ALL + "}")).isEmpty();
        assertThat(usual("{'MemoryLimit': true, 'CpuCfsQuota': false}")).containsExactlyInAnyOrder("cpus", "pids");
    }

    @Test
    void aUserNamespaceIsToldInThreeWays() {
        assertThat(EngineApi.userNamespace(json("{" + ALL + "}"))).isFalse();
        assertThat(EngineApi.userNamespace(json("{" + ALL + ", 'Rootless': true}")))
                .isTrue();
        assertThat(EngineApi.userNamespace(json("{'SecurityOptions': ['name=seccomp', 'name=userns']}")))
                .isTrue();
        assertThat(EngineApi.userNamespace(json("{'SecurityOptions': ['name=rootless']}")))
                .isTrue();
    }

    private static Set<String> usual(String info) {
        return EngineLimits.unenforced(json(info), () -> Uni.createFrom().failure(new AssertionError("not needed")))
                .await()
                .indefinitely();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}

package dev.fleetrunner.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/tasks/01J", "/?status=failed&cursor=a%2Fb"})
    void ourPathsAreKept(String path) {
        assertThat(LocalPath.of(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "tasks",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "/\r\nSet-Cookie: a=b",
                "https://evil.example",
                "javascript:alert(1)",
                "/ü"
            })
    void everythingElseLeadsHome(String path) {
        assertThat(LocalPath.of(path)).isEqualTo("/");
    }
}

package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private final HostNames names = new HostNames(List.of("fleet.example", "Runner.Internal."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "localhost.:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "10.1.2.3:1",
                "[::1]",
                "[::1]:8080",
                "::1",
                "[fe80::1:2]:80",
                "fleet.example",
                "Fleet.Example:443",
                "fleet.example.",
                "runner.internal:8080"
            })
    void answersForItself(String host) {
        assertThat(names.isOurs(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "fleet.example.evil.example",
                "evilfleet.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:8080",
                "1",
                "",
                ":8080",
                "localhost@evil.example",
                "evil.example#localhost",
                "[evil.example]",
                "a:b:c"
            })
    void answersForNobodyElse(String host) {
        assertThat(names.isOurs(host)).isFalse();
    }
}

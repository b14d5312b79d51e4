package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "pypi.org, pypi.org, 443, true",
        "pypi.org, pypi.org, 80, true",
        "pypi.org, pypi.org, 8443, false",
        "pypi.org, files.pypi.org, 443, false",
        "pypi.org, notpypi.org, 443, false",
        "pypi.org, pypi.org.evil, 443, false",
        "*.pypi.org, files.pypi.org, 443, true",
        "*.pypi.org, a.b.pypi.org, 443, true",
        "*.pypi.org, pypi.org, 443, false",
        "*.pypi.org, evilpypi.org, 443, false",
        "*.pypi.org, pypi.org.evil, 443, false",
        "pypi.org:8443, pypi.org, 8443, true",
        "pypi.org:8443, pypi.org, 443, false",
        "*.pypi.org:8443, x.pypi.org, 8443, true",
    })
    void aRuleAllowsWhatItNames(String rule, String host, int port, boolean allowed) {
        assertThat(new Rules(List.of("other.test", rule)).allow(new Destination(host, port)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"pypi.org, 443", "localhost, 80"})
    void withoutRulesNothingIsAllowed(String host, int port) {
        assertThat(new Rules(List.of()).allow(new Destination(host, port))).isFalse();
    }
}

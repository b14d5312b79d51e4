package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may name, and which rules mean it. */
class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "pypi.org,                  pypi.org,          443, pypi.org",
        "PyPI.Org.,                 pypi.org,          443, pypi.org",
        "pypi.org:80,               pypi.org,          80,  pypi.org",
        "pypi.org:8443,             pypi.org,          8443, pypi.org:8443",
        "xn--bcher-kva.example:443, xn--bcher-kva.example, 443, xn--bcher-kva.example",
        "93.184.215.14:22,          93.184.215.14,     22,  93.184.215.14:22",
        "[2606:2800::1]:22,         [2606:2800::1],    22,  [2606:2800::1]:22",
        "[::FFFF:10.0.0.1],         [::ffff:10.0.0.1], 443, [::ffff:10.0.0.1]",
        "3com.com,                  3com.com,          443, 3com.com",
        "0x.example,                0x.example,        443, 0x.example"
    })
    void reads(String authority, String host, int port, String rule) {
        Target target = Target.of(authority, 443);

        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
        assertThat(target.rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                "pypi.org..",
                ".pypi.org",
                "user@pypi.org",
                "pypi.org@evil.example:443",
                "pypi.org:0",
                "pypi.org:65536",
                "pypi.org:",
                "pypi.org:+80",
                "pypi.org:80:80",
                "pypi.org:٨٠",
                "pypi.org/",
                "pypi.org?x",
                "pypi.org#x",
                "pypi.org\\",
                "pypi org",
                "pypi.org%00",
                "pypi.org%2eevil.example",
                "bücher.example",
                "2130706433",
                "127.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "0177.0.0.1",
                "127.0.0.01",
                "1.2.3.256",
                "1.2.3.4.5",
                "pypi.1",
                "[::1",
                "[::1%lo]",
                "[fe80::1%25eth0]:80",
                "[1.2.3.4]",
                "[v1.x]",
                "[64:ff9b::10.0.0.1]",
                "::1",
                "-a.example",
                "a_b.example"
            })
    void refuses(String authority) {
        assertThatThrownBy(() -> Target.of(authority, 443)).isInstanceOf(Target.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pypi.org,        pypi.org:443,        true",
        "pypi.org,        pypi.org:80,         true",
        "pypi.org,        pypi.org:8443,       false",
        "PyPI.org,        pypi.org.:443,       true",
        "pypi.org,        files.pypi.org:443,  false",
        "pypi.org,        notpypi.org:443,     false",
        "pypi.org,        pypi.org.evil.example:443, false",
        "*.pypi.org,      files.pypi.org:443,  true",
        "*.pypi.org,      a.b.pypi.org:80,     true",
        "*.pypi.org,      pypi.org:443,        false",
        "*.pypi.org,      evilpypi.org:443,    false",
        "pypi.org:8443,   pypi.org:8443,       true",
        "pypi.org:8443,   pypi.org:443,        false",
        "*.pypi.org:22,   x.pypi.org:22,       true",
        "93.184.215.14,   93.184.215.14:443,   true",
        "*.215.14,        93.184.215.14:443,   false",
        "10.0.0.1,        [::ffff:10.0.0.1]:443, false"
    })
    void aRuleAllows(String rule, String authority, boolean allowed) {
        assertThat(HostRule.of(rule).allows(Target.of(authority, 0))).isEqualTo(allowed);
    }
}

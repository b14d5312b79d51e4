package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @CsvSource({
        "pypi.org:443, pypi.org, 443",
        "PyPI.org:443, pypi.org, 443",
        "pypi.org.:443, pypi.org, 443",
        "xn--bcher-kva.example:8443, xn--bcher-kva.example, 8443",
        "93.184.216.34:443, 93.184.216.34, 443",
        "_dmarc.example.org:1, _dmarc.example.org, 1",
        "'[2606:2800::1]:443', '[2606:2800::1]', 443",
    })
    void aConnectNamesHostAndPort(String authority, String host, int port) {
        assertThat(Destination.ofAuthority(authority)).hasValue(new Destination(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pypi.org",
                ":443",
                "pypi.org:",
                "pypi.org:0",
                "pypi.org:65536",
                "pypi.org:99999",
                "pypi.org:-1",
                "pypi.org:443:443",
                "user@pypi.org:443",
                "pypi.org@evil:443",
                "pypi org:443",
                "pypi.org/:443",
                "http://pypi.org:443",
                "pypi..org:443",
                ".pypi.org:443",
                "-x.org:443",
                "2130706433:80",
                "0x7f000001:80",
                "0177.0.0.1:80",
                "127.1:80",
                "127.0.0.1.:80x",
                "1.2.3.4.5:80",
                "0x7f.1:80",
                "[fe80::1%eth0]:80",
                "[::1:80",
                "::1:80",
                "pypi.org\u0000:443",
                "pypi.org\n:443",
                "b\u00fccher.example:443",
                "*.pypi.org:443",
                "%70ypi.org:443",
                "256.1.1.1:80",
                "01.1.1.1:80",
                "pypi.org:0443443"
            })
    void whatIsNoHostWithAPortIsNone(String authority) {
        assertThat(Destination.ofAuthority(authority)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://pypi.org/simple/?a=b, pypi.org, 80, /simple/?a=b",
        "HTTP://PYPI.ORG, pypi.org, 80, /",
        "http://pypi.org:8080?x, pypi.org, 8080, /?x",
        "http://pypi.org/a//b/../c, pypi.org, 80, /a//b/../c",
    })
    void aRequestNamesWhatIsAskedFor(String url, String host, int port, String target) {
        assertThat(Destination.ofUrl(url)).hasValue(new Destination.Request(new Destination(host, port), target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/simple/",
                "*",
                "https://pypi.org/",
                "ftp://pypi.org/",
                "http:///x",
                "http://user:pw@pypi.org/",
                "http://pypi.org\\@evil/",
                "http://pypi.org:port/",
                "http:pypi.org",
                "//pypi.org/",
                "http://a b/",
                "http://pypi.org/#fragment"
            })
    void whatIsNoUrlForAProxyIsNone(String url) {
        assertThat(Destination.ofUrl(url)).isEmpty();
    }

    @Test
    void theSmallestRuleNamesThePortOnlyWhereItMust() {
        assertThat(new Destination("pypi.org", 443).rule()).isEqualTo("pypi.org");
        assertThat(new Destination("pypi.org", 80).rule()).isEqualTo("pypi.org");
        assertThat(new Destination("pypi.org", 8443).rule()).isEqualTo("pypi.org:8443");
    }
}

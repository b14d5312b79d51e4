package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are the internet's. */
class AddressRulesTest {

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:a00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void areNotTheInternets(String text) throws UnknownHostException {
        assertThat(new AddressRules(List.of()).refuse(address(text))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void areTheInternets(String text) throws UnknownHostException {
        assertThat(new AddressRules(List.of()).refuse(address(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,    10.1.2.3,        true",
        "10.1.0.0/16,    10.2.0.1,        false",
        "10.1.0.0/16,    64:ff9b::a01:203, true",
        "100.64.0.0/10,  100.64.0.1,      true",
        "100.64.0.0/10,  100.100.100.200, false",
        "fc00::/7,       fd00::1,         true",
        "fc00::/7,       fd00:ec2::254,   false",
        "127.0.0.0/8,    127.0.0.1,       true",
        "127.0.0.0/8,    ::1,             false",
        "::1/128,        ::1,             true",
        "10.0.0.0/8,     127.0.0.1,       false"
    })
    void anOperatorOpens(String block, String text, boolean open) throws UnknownHostException {
        assertThat(new AddressRules(List.of(block)).refuse(address(text)).isEmpty())
                .isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "169.254.0.0/16",
                "169.254.169.254/32",
                "fe80::/10",
                "224.0.0.0/4",
                "126.0.0.0/7",
                "10.0.0.0/7",
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "host/8",
                "",
                "::/96"
            })
    void nobodyOpens(String block) {
        assertThatThrownBy(() -> new AddressRules(List.of(block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fleet.egress.private-addresses");
    }

    @Test
    void theMachinesOwnAreOpenedByThemselvesAlone() throws IOException {
        InetAddress own = ownPrivateAddress();
        assumeThat(own).as("a private address of this machine").isNotNull();

        assertThat(new AddressRules(List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")).refuse(own))
                .contains("this machine's own");
        assertThat(new AddressRules(List.of(own.getHostAddress() + "/32")).refuse(own))
                .isEmpty();
    }

    private static InetAddress ownPrivateAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
                .findFirst()
                .orElse(null);
    }
}

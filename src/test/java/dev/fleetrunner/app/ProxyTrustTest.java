package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTrustTest {
    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy-address-forwarding", "allow-forwarded", "allow-x-forwarded", "enable-forwarded-host"})
    void aProxyMustBeNamed(String name) {
        Map<String, String> settings = new HashMap<>(Map.of("quarkus.http.proxy." + name, "true"));

        assertThatThrownBy(() -> ProxyTrust.check(config(settings))).hasMessageContaining("trusted-proxies");
        settings.put("quarkus.http.proxy.trusted-proxies", "192.0.2.1");
        assertThatCode(() -> ProxyTrust.check(config(settings))).doesNotThrowAnyException();
    }

    @Test
    void withoutOneNothingIsNeeded() {
        assertThatCode(() -> ProxyTrust.check(config(Map.of()))).doesNotThrowAnyException();
    }
}

package dev.fleetrunner.app;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Whom the service believes about where a request came from and for which host. Quarkus believes everybody once it
 * believes anybody, unless it is told whom; then every page could get around the check of the host, and every program
 * around the limit of failed attempts.
 */
final class ProxyTrust {
    private static final String PREFIX = "quarkus.http.proxy.";
    private static final List<String> BELIEVING =
            List.of("proxy-address-forwarding", "allow-forwarded", "allow-x-forwarded", "enable-forwarded-host");

    private ProxyTrust() {}

    /** @throws IllegalStateException if everybody would be believed */
    static void check(Config config) {
        boolean believes = BELIEVING.stream().anyMatch(name -> config.getOptionalValue(PREFIX + name, Boolean.class)
                .orElse(false));
        boolean named = config.getOptionalValue(PREFIX + "trusted-proxies", String.class).stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .anyMatch(proxy -> !proxy.isBlank());
        if (believes && !named) {
            throw new IllegalStateException(
                    "quarkus.http.proxy is set to believe what a proxy says, but not which proxy;"
                            + " set quarkus.http.proxy.trusted-proxies to its address");
        }
    }
}

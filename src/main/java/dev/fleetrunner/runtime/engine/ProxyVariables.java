package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.egress.Egress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables by which tools find the proxy; a spec's own come after them. */
final class ProxyVariables {
    private static final String HOST = "127.0.0.1";
    private static final String NOT_PROXIED = "localhost,127.0.0.1,::1";

    private ProxyVariables() {}

    static Map<String, String> all() {
        String proxy = "http://" + HOST + ":" + Egress.PORT;
        Map<String, String> variables = new LinkedHashMap<>();
        // Tools differ in the case that they read, and curl reads http_proxy in lower case alone.
        for (String name : new String[] {"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"}) {
            variables.put(name, proxy);
        }
        variables.put("NO_PROXY", NOT_PROXIED);
        variables.put("no_proxy", NOT_PROXIED);
        variables.put("MAVEN_OPTS", java() + " -Daether.connector.http.useSystemProperties=true");
        variables.put("GRADLE_OPTS", java());
        return variables;
    }

    /**
     * Not in {@code JAVA_TOOL_OPTIONS}, of which every JVM tells in the log.
     *
     * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/doc-files/net-properties.html">Networking
     *     properties</a>
     */
    private static String java() {
        return "-Dhttp.proxyHost=" + HOST + " -Dhttp.proxyPort=" + Egress.PORT + " -Dhttps.proxyHost=" + HOST
                + " -Dhttps.proxyPort=" + Egress.PORT + " -Dhttp.nonProxyHosts=localhost|127.*|[::1]";
    }
}

package dev.fleetrunner.runtime.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Variables by which programs find the way out of a task that may reach named hosts; a spec may say otherwise. */
final class EgressEnvironment {
    /** Where {@code fleet-init} listens in the container. */
    static final int PORT = 3128;

    private static final String HOST = "127.0.0.1";
    private static final String INSIDE = "localhost,127.0.0.1,::1";

    private EgressEnvironment() {}

    static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        String proxy = "http://" + HOST + ":" + PORT;
        // There is no one spelling: curl reads http_proxy in lower case alone, others the upper one.
        for (String name : new String[] {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"}) {
            variables.put(name, proxy);
        }
        variables.put("no_proxy", INSIDE);
        variables.put("NO_PROXY", INSIDE);
        variables.put("MAVEN_OPTS", java() + " -Daether.connector.http.useSystemProperties=true");
        variables.put("GRADLE_OPTS", java());
        // Node's own clients look at the variables from version 22.21 on, if they are told to; npm does so always.
        variables.put("NODE_USE_ENV_PROXY", "1");
        return variables;
    }

    private static String java() {
        return "-Dhttp.proxyHost=" + HOST + " -Dhttp.proxyPort=" + PORT + " -Dhttps.proxyHost=" + HOST
                + " -Dhttps.proxyPort=" + PORT + " -Dhttp.nonProxyHosts=localhost|127.0.0.1";
    }
}

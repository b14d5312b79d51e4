package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.Engines;
import dev.fleetrunner.service.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A restricted network from the spec to the result, with the service's own settings and resolver. */
@Tag("engine")
@QuarkusTest
@TestProfile(RestrictedOnEngineTest.WithNames.class)
@Timeout(120)
class RestrictedOnEngineTest {

    /** A service on the test engines whose tasks may reach this machine by the names of a file. */
    public static final class WithNames extends ServiceProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            Path hosts = Path.of("target", "restricted.hosts").toAbsolutePath();
            try {
                Files.writeString(hosts, "127.0.0.1 web.test other.test\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // Profiles are made for tests that are left out, too.
            String sockets = Engines.present().stream().map(Engines::socket).collect(Collectors.joining(","));
            settings.put("fleet.engine.sockets", sockets.isEmpty() ? "/nonexistent/engine.sock" : sockets);
            settings.put("fleet.policy-file", "src/test/resources/policies/wide.yaml");
            settings.put("fleet.egress.private-addresses", "127.0.0.0/8");
            settings.put("fleet.egress.hosts-file", hosts.toString());
            return settings;
        }
    }

    static Stream<String> engines() {
        return Engines.present().stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theResultTellsWhatWasDenied(String engine) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String port = ":" + server.getAddress().getPort();
        String ask = "perl -MIO::Socket::INET -e 'for (@ARGV) { $s = IO::Socket::INET->new(\\\"127.0.0.1:3128\\\");"
                + "print $s \\\"GET http://$_/ HTTP/1.1\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\n\\\";"
                + "print scalar <$s> }' web.test" + port + " other.test" + port + " >&2";

        JsonNode result = Client.known()
                .run("{\"cmd\":[\"/bin/sh\",\"-c\",\"" + ask + "\"],\"runtime\":\"" + engine
                        + "\",\"network\":{\"mode\":\"restricted\",\"allow\":[\"web.test" + port + "\"]}}");
        server.stop(0);

        assertThat(result.get("status").asText()).as(result.toString()).isEqualTo("passed");
        assertThat(result.at("/metadata/enforced/network").asText()).isEqualTo("restricted");
        assertThat(result.get("deniedHosts").toString()).isEqualTo("[\"other.test" + port + "\"]");
        String log = Client.known()
                .get("/api/v1/tasks/" + result.get("id").asText() + "/logs")
                .body();
        assertThat(List.of(log.split("HTTP/1.1 "))).anyMatch(part -> part.startsWith("204"));
        assertThat(Client.known().get("/q/metrics").body()).containsPattern("fleet_egress_denied_total [1-9]");
    }
}

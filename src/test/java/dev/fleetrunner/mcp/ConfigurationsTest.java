package dev.fleetrunner.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.cli.Main;
import dev.fleetrunner.cli.output.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configurations in {@code examples/mcp} are sound, and name what there is. */
class ConfigurationsTest {
    private static final Path DIRECTORY = Path.of("examples/mcp");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static JsonNode server(Path file) {
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            return json.has("servers") ? json.at("/servers/fleet-runner") : json.at("/mcpServers/fleet-runner");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachLeadsToTheServiceWithATokenOrStartsTheCommand() throws IOException {
        assertThat(files(".json")).hasSize(6).allSatisfy(file -> {
            JsonNode server = server(file);
            String url = server.path("url").asText(server.path("httpUrl").asText());
            if (server.has("command")) {
                assertThat(server.path("command").asText()).isEqualTo("fleet");
                assertThat(server.at("/args/0").asText()).isEqualTo("mcp");
            } else {
                assertThat(url).endsWith("/mcp");
                assertThat(server.at("/headers/Authorization").asText()).startsWith("Bearer $");
            }
        });
        assertThat(Files.readString(DIRECTORY.resolve("codex.config.toml")))
                .contains("/mcp\"", "bearer_token_env_var = \"FLEET_TOKEN\"");
    }

    @Test
    void theReadmeListsThemAll() throws IOException {
        String readme = Files.readString(DIRECTORY.resolve("README.md"));

        assertThat(files("")).filteredOn(file -> !file.endsWith("README.md")).allSatisfy(file -> assertThat(readme)
                .contains("(" + file.getFileName() + ")"));
    }

    @Test
    void theCommandKnowsTheArgumentsThatTheyGiveIt() throws IOException {
        var arguments = new ArrayList<String>();
        server(DIRECTORY.resolve("local.mcp.json")).path("args").forEach(one -> arguments.add(one.asText()));
        arguments.add("--help");
        var out = new ByteArrayOutputStream();
        var shell = new Shell(InputStream.nullInputStream(), out, out, false, false, 100, Map.of());

        int code = Main.run(shell, arguments.toArray(String[]::new));

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("fleet mcp", "--local", "--data-dir");
    }
}

package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetrunner.service.Engines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not be in the task images is in none of their layers, nor in their history and environment. */
@Tag("engine")
@Timeout(300)
class ImageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST_TEXT = 256 * 1024;

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(token|secret|passw|credential|api_?key|private_?key).*");
    private static final Pattern SECRET_FILE = Pattern.compile(
            "(root|home/[^/]+)/\\.(ssh|aws|gnupg|docker|kube|netrc|npmrc|pypirc|git-credentials|m2|cargo|config)(/.*)?"
                    + "|etc/ssh/ssh_host_.*|etc/apt/auth\\.conf(\\.d/.+)?|etc/apt/apt\\.conf\\.d/.*proxy.*"
                    + "|run/secrets/.+|tmp/.+|seed/.*");
    private static final Pattern LEFT_OVER = Pattern.compile(
            "var/lib/apt/lists/.*_Packages.*|var/cache/apt/.*\\.(bin|deb)|usr/local/share/ca-certificates/.+");
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\\R[A-Za-z0-9+/=\\r\\n]{200,}"
                    + "|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}");

    static Stream<Arguments> images() {
        return Engines.present().stream().flatMap(engine -> Stream.of("fleet-runner-task", "fleet-runner-task-minimal")
                .map(image -> Arguments.of(engine, "localhost/" + image + ":latest")));
    }

    @ParameterizedTest
    @MethodSource("images")
    void tellsWhatItIsAndRunsAsTheAgent(String engine, String image) throws IOException {
        JsonNode config = inspect(engine, image).get("Config");

        assertThat(config.get("User").asText()).isEqualTo("1000:1000");
        assertThat(config.get("WorkingDir").asText()).isEqualTo("/workspace");
        assertThat(config.get("Labels").fieldNames())
                .toIterable()
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.vendor");
    }

    @ParameterizedTest
    @MethodSource("images")
    void holdsNoSecretInEnvironmentAndHistory(String engine, String image) throws IOException {
        for (JsonNode variable : inspect(engine, image).get("Config").get("Env")) {
            assertThat(variable.asText().replaceFirst("=.*", "")).doesNotMatch(SECRET_NAME);
            assertThat(variable.asText()).doesNotContainPattern(KEY);
        }
        for (JsonNode step : JSON.readTree(get(engine, "/images/" + image + "/history"))) {
            assertThat(step.get("CreatedBy").asText())
                    .doesNotContainPattern(KEY)
                    .doesNotContainPattern("(?i)://[^/@ ]+:[^/@ ]+@")
                    .doesNotContainPattern("(?i)(token|passw[a-z]*|secret)=[^ ]");
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void holdsNoSecretAndNoLeftOverInAnyLayer(String engine, String image) throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        try (TarArchiveInputStream saved = new TarArchiveInputStream(get(engine, "/images/" + image + "/get"))) {
            for (TarArchiveEntry part = saved.getNextEntry(); part != null; part = saved.getNextEntry()) {
                if (part.isFile()
                        && (part.getName().endsWith(".tar") || part.getName().contains("blobs/"))) {
                    files += look(new TarArchiveInputStream(saved), found);
                }
            }
        }
        assertThat(files).as("files in the layers").isGreaterThan(3000);
        assertThat(found).isEmpty();
    }

    @Test
    void findsWhatItLooksFor() throws IOException {
        String key =
                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + "QUJD\n".repeat(60) + "-----END OPENSSH PRIVATE KEY-----\n";
        Map<String, String> files = Map.of(
                "./home/agent/.netrc", "machine example.com",
                "opt/app/settings.txt", key,
                "var/lib/apt/lists/mirror_dists_trixie_main_binary-amd64_Packages", "",
                "usr/bin/innocent", "#!/bin/sh");
        var bytes = new ByteArrayOutputStream();
        try (var layer = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                layer.putArchiveEntry(entry);
                layer.write(content);
                layer.closeArchiveEntry();
            }
        }
        List<String> found = new ArrayList<>();

        assertThat(look(layer(new ByteArrayInputStream(bytes.toByteArray())), found))
                .isEqualTo(4);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "home/agent/.netrc",
                        "a key in opt/app/settings.txt",
                        "var/lib/apt/lists/mirror_dists_trixie_main_binary-amd64_Packages");
    }

    @SuppressWarnings("resource") // the stream is the outer one's and stays open
    private static TarArchiveInputStream layer(InputStream saved) {
        return new TarArchiveInputStream(saved);
    }

    private static int look(TarArchiveInputStream layer, List<String> found) throws IOException {
        int files = 0;
        for (TarArchiveEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
            String name = entry.getName().replaceFirst("^\\./", "");
            if (!entry.isDirectory()
                    && (SECRET_FILE.matcher(name).matches()
                            || LEFT_OVER.matcher(name).matches())) {
                found.add(name);
            }
            if (entry.isFile()) {
                files++;
                if (entry.getSize() < LARGEST_TEXT
                        && KEY.matcher(new String(layer.readAllBytes(), StandardCharsets.ISO_8859_1))
                                .find()) {
                    found.add("a key in " + name);
                }
            }
        }
        return files;
    }

    private static JsonNode inspect(String engine, String image) throws IOException {
        return JSON.readTree(get(engine, "/images/" + image + "/json"));
    }

    /** Gigabytes of layers go by, so this is a stream; an image that is not there fails the test. */
    private static InputStream get(String engine, String path) throws IOException {
        return new ProcessBuilder(
                        "curl", "-sS", "--fail", "--unix-socket", Engines.socket(engine), "http://engine" + path)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .getInputStream();
    }
}

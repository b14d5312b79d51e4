package dev.fleetrunner.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.EnvValue.As;
import dev.fleetrunner.contract.EnvValue.SecretRef;
import dev.fleetrunner.contract.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets come from, and which are taken. */
class SecretsTest {
    @TempDir
    Path outside;

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(outside.resolve("secrets"));
    }

    @Test
    void aFileIsASecret() throws IOException {
        put("token", "hunter2\n");

        assertThat(text("token")).isEqualTo("hunter2\n");
    }

    @Test
    void aSecretMayBeChangedAnyTime() throws IOException {
        put("token", "hunter2");
        Secrets secrets = secrets();
        assertThat(read(secrets, "token", As.FILE)).isEqualTo("hunter2");

        Files.writeString(directory.resolve("token"), "hunter3");

        assertThat(read(secrets, "token", As.FILE)).isEqualTo("hunter3");
    }

    @Test
    void linksWithinTheDirectoryAreFollowed() throws IOException {
        Files.createDirectory(directory.resolve("..2026"));
        Files.writeString(directory.resolve("..2026/token"), "hunter2");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(directory.resolve("token"), Path.of("..data/token"));

        assertThat(text("token")).isEqualTo("hunter2");
    }

    @Test
    void theDirectoryItselfMayBeALink() throws IOException {
        put("token", "hunter2");
        Path link = Files.createSymbolicLink(outside.resolve("link"), directory);

        assertThat(read(secrets(new DirectorySecrets(link, Runnable::run)), "token", As.FILE))
                .isEqualTo("hunter2");
    }

    @Test
    void aLinkOutOfTheDirectoryIsRefused() throws IOException {
        Files.writeString(outside.resolve("host"), "of the host");
        Files.createSymbolicLink(directory.resolve("token"), Path.of("../host"));

        assertRefused("token", As.FILE, "leaves");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../host", "..", ".", "..data", "a/b", ""})
    void aNameNeverLeavesTheDirectory(String name) throws IOException {
        Files.writeString(outside.resolve("host"), "of the host");

        assertRefused(name, As.FILE, "there is no secret");
    }

    @Test
    void aDirectoryIsNoSecret() throws IOException {
        Files.createDirectory(directory.resolve("token"));

        assertRefused("token", As.FILE, "is no file");
    }

    @Test
    void aFileThatOthersMayWriteIsRefused() throws IOException {
        Path file = put("token", "hunter2");
        for (String mode : List.of("rw--w----", "rw-----w-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertRefused("token", As.FILE, "may be written by others");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertThat(text("token")).isEqualTo("hunter2");
    }

    @Test
    void sizesAreLimited() throws IOException {
        put("short", "abc\n");
        put("least", "abcd");
        put("large", "x".repeat((64 << 10) + 1));
        put("most", "x".repeat(64 << 10));

        assertRefused("short", As.FILE, "less than 4 bytes");
        assertThat(text("least")).hasSize(4);
        assertRefused("large", As.FILE, "more than 65536 bytes");
        assertThat(text("most")).hasSize(64 << 10);
    }

    @Test
    void allTogetherAreLimitedToo() throws IOException {
        Map<String, EnvValue> env = new TreeMap<>();
        for (int i = 0; i < 17; i++) {
            put("s" + i, (char) ('a' + i) + "x".repeat((64 << 10) - 1));
            env.put("V" + i, new SecretRef("s" + i, As.FILE));
        }

        assertThatThrownBy(() -> secrets().read(env).await().indefinitely())
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("together");
    }

    @Test
    void aVariableHoldsNoNul() throws IOException {
        put("binary", "a\0bcd");

        assertRefused("binary", As.ENV, "NUL");
        assertThat(text("binary")).isEqualTo("a\0bcd");
    }

    @Test
    void theEnvironmentIsASourceUnderItsPrefix() {
        var source = new EnvironmentSecrets("TASK_", Map.of("TASK_pypi_token_1", "hunter2", "HOME", "/root"));

        assertThat(read(secrets(source), "pypi-token.1", As.ENV)).isEqualTo("hunter2");
        assertThat(secrets(source)
                        .judge(Map.of("A", new SecretRef("HOME", As.FILE)))
                        .await()
                        .indefinitely())
                .containsOnlyKeys("A");
        assertThatThrownBy(() -> new EnvironmentSecrets("", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstSourceThatHasANameGivesIt() throws IOException {
        put("token", "of the file");
        var environment = new EnvironmentSecrets("T_", Map.of("T_token", "of the environment", "T_other", "hunter2"));
        Secrets both = new Secrets(List.of(new DirectorySecrets(directory, Runnable::run), environment), Runnable::run);

        assertThat(read(both, "token", As.FILE)).isEqualTo("of the file");
        assertThat(read(both, "other", As.FILE)).isEqualTo("hunter2");
    }

    @Test
    void everyVariableThatIsWrongIsTold() throws IOException {
        put("token", "hunter2");

        Map<String, Unusable> wrong = secrets()
                .judge(Map.of(
                        "A", new SecretRef("token", As.ENV),
                        "B", new SecretRef("gone", As.FILE),
                        "C", new SecretRef("gone", As.ENV),
                        "D", new EnvValue.Literal("x")))
                .await()
                .indefinitely();

        assertThat(wrong).containsOnlyKeys("B", "C");
        assertThat(wrong.get("B")).hasMessage("there is no secret gone");
    }

    private Path put(String name, String value) throws IOException {
        return Files.writeString(directory.resolve(name), value, StandardCharsets.ISO_8859_1);
    }

    private Secrets secrets() {
        return secrets(new DirectorySecrets(directory, Runnable::run));
    }

    private static Secrets secrets(SecretSource source) {
        return new Secrets(List.of(source), Runnable::run);
    }

    private String text(String name) {
        return read(secrets(), name, As.FILE);
    }

    private static String read(Secrets secrets, String name, As as) {
        SecretValue value = secrets.read(Map.of("A", new SecretRef(name, as)))
                .await()
                .indefinitely()
                .values()
                .get(name);
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }

    private void assertRefused(String name, As as, String words) {
        assertThatThrownBy(() -> read(secrets(), name, as))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(words);
    }
}

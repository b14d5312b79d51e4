package dev.fleetrunner.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stronger than what: option, variable, context, default. */
class LookupTest {
    private static final Given NOTHING = new Given(null, null, null);

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void ownHome() {
        environment.put("HOME", home.toString());
    }

    private Settings settings(Given given) {
        return new Lookup(new Screen(shell())).settings(given);
    }

    private Shell shell() {
        return new Shell(InputStream.nullInputStream(), err, err, false, false, 0, environment);
    }

    private Path configured(String mode) throws IOException {
        ConfigFile file = ConfigFile.of(shell());
        file.set("near", new Context("http://near:1/", "near-token", null));
        file.set("far", new Context("http://far:2", null, tokenFile().toString()));
        file.save();
        return Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode));
    }

    private Path tokenFile() throws IOException {
        return Files.writeString(home.resolve("token"), "far-token\n");
    }

    @Test
    void withoutAnythingTheDefaultAndTheTokenOfADataDirectory() throws IOException {
        assertThat(settings(NOTHING).url()).isEqualTo(Lookup.DEFAULT_URL);
        Files.writeString(home.resolve("admin-token"), "local\n");
        environment.put("FLEET_DATA_DIR", home.toString());
        assertThat(settings(NOTHING)).isEqualTo(new Settings(Lookup.DEFAULT_URL, "local"));
    }

    @Test
    void theTokenOfThisMachineGoesToNoOther() throws IOException {
        Files.writeString(home.resolve("admin-token"), "local\n");
        environment.put("FLEET_DATA_DIR", home.toString());
        assertThat(settings(new Given("http://elsewhere", null, null)).token()).isNull();
    }

    @Test
    void theContextInUse() throws IOException {
        configured("rw-------");
        assertThat(settings(NOTHING)).isEqualTo(new Settings("http://near:1", "near-token"));
        environment.put("FLEET_CONTEXT", "far");
        assertThat(settings(NOTHING)).isEqualTo(new Settings("http://far:2", "far-token"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void variablesAreStrongerThanTheContextInUse() throws IOException {
        configured("rw-------");
        environment.put("FLEET_URL", "http://other:3/");
        environment.put("FLEET_TOKEN", "other");
        assertThat(settings(NOTHING)).isEqualTo(new Settings("http://other:3", "other"));
    }

    @Test
    void theContextOfTheOptionIsStrongerThanVariables() throws IOException {
        configured("rw-------");
        environment.put("FLEET_URL", "http://other:3");
        environment.put("FLEET_TOKEN", "other");
        assertThat(settings(new Given(null, null, "far"))).isEqualTo(new Settings("http://far:2", "far-token"));
    }

    @Test
    void optionsAreStrongerThanAll() throws IOException {
        configured("rw-------");
        environment.put("FLEET_URL", "http://other:3");
        environment.put("FLEET_TOKEN", "other");
        assertThat(settings(new Given("http://mine:4", "mine", null))).isEqualTo(new Settings("http://mine:4", "mine"));
    }

    @Test
    void aContextsTokenDoesNotGoToAnotherAddress() throws IOException {
        configured("rw-------");
        assertThat(settings(new Given("http://mine:4", null, null)).token()).isNull();
    }

    @Test
    void aTokenFileMayBeNamedFromTheHomeDirectory() throws IOException {
        tokenFile();
        ConfigFile file = ConfigFile.of(shell());
        file.set("home", new Context("http://home:1", null, "~/token"));
        file.save();
        assertThat(settings(NOTHING).token()).isEqualTo("far-token");
    }

    @Test
    void warnsOfATokenThatOthersCanRead() throws IOException {
        Path file = configured("rw-r--r--");
        settings(NOTHING);
        assertThat(err.toString()).contains("warning").contains(file.toString()).contains("chmod 600");
    }

    @Test
    void writesTheFileForItsOwnerAlone() throws IOException {
        Path file = configured("rw-------");
        ConfigFile.of(shell()).save();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoYamlIsNamed() throws IOException {
        Path file = configured("rw-------");
        Files.writeString(file, "contexts: [");
        assertThatThrownBy(() -> settings(NOTHING))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining(file.toString());
    }
}

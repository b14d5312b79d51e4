package dev.fleetrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.console.WithPodman;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java client, with Java 17 and Jackson alone, passes its own tests against a real service with real containers. */
@QuarkusTest
@TestProfile(WithPodman.class)
@Tag("engine")
class JavaClientTest {
    private static final String JDK = System.getProperty("java.home") + "/bin/";

    @TestHTTPResource
    String address;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void passesItsOwnTests() throws IOException, InterruptedException {
        var tests = new OwnTests(Path.of("examples/clients/java"), address);
        String jackson = jars(ObjectMapper.class, JsonFactory.class, JsonProperty.class);
        String files = "FleetRunner.java FleetRunnerTest.java";
        String options = "--release 17 -Xlint:all,-classfile -Werror";

        String compiled = tests.pass(
                (JDK + "javac " + options + " -cp " + jackson + " -d " + directory + " " + files).split(" "));
        String told = tests.pass(
                JDK + "java",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                directory + File.pathSeparator + jackson,
                "FleetRunnerTest");

        assertThat(compiled).isEmpty();
        assertThat(told).contains("OK, ").doesNotContain("OK, 0 tests");
    }

    private static String jars(Class<?>... types) {
        return Stream.of(types)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}

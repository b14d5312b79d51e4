package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.ServiceProfile;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithoutEngine.class)
class TokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"admin-token", "session-key", "instance", "state.db"})
    void keepsItsFilesToItself(String name) throws IOException {
        assertThat(permissions(Client.data().resolve(name))).isEqualTo("rw-------");
    }

    @Test
    void keepsItsDirectoryToItself() throws IOException {
        assertThat(permissions(Client.data())).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void makesATokenThatNobodyGuesses() {
        assertThat(Client.token()).matches(TokenForm::fits);
    }

    @Test
    void writesNoTokenIntoItsLog() throws IOException {
        Path log = Client.data().resolve(ServiceProfile.LOG);
        int before = Files.readString(log).length();
        String wrong = "a-wrong-token-that-somebody-mistyped";
        Client.known().run("{\"cmd\":[\"true\"]}");
        Client.known().post("/api/v1/tasks", "{");
        assertThat(Client.with(wrong).get("/api/v1/tasks?a=1").statusCode()).isEqualTo(401);

        await().until(() -> Files.readString(log).contains("/api/v1/tasks?a=1"));
        assertThat(Files.readString(log).substring(before))
                .doesNotContain(
                        Client.token(),
                        wrong,
                        Files.readString(Client.data().resolve("session-key")).strip());
    }
}

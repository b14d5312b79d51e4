package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where ways out lie, and what is left of them. */
@Timeout(60)
class EgressTest extends WithEgress {

    @Test
    void anEarlierLifesIsTakenOver() throws IOException {
        ask("CONNECT one.example:443 HTTP/1.1\r\n\r\n");
        Egress earlier = egress;
        egress = null;
        open(Limits.USUAL, "two.example:1");
        ask("CONNECT three.example:443 HTTP/1.1\r\n\r\n");
        earlier.close();

        assertThat(egress.denied(TASK).await().atMost(LIMIT).hosts())
                .containsExactly(new Denial("one.example", null), new Denial("three.example", null));
        assertThat(ask("CONNECT one.example:443 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 403");
    }

    @Test
    void oneIsOpenedOnce() {
        Path again = egress.open(TASK, List.of()).await().atMost(LIMIT);

        assertThat(again.resolve("tcp-3128")).isEqualTo(socket);
        assertThat(egress.tasks().await().atMost(LIMIT)).containsExactly(TASK);
    }

    @Test
    void othersMayNotListAndContainersMayConnect() throws IOException {
        assertThat(mode(socket)).isEqualTo("rwxrwxrwx");
        assertThat(mode(socket.getParent())).isEqualTo("rwxr-xr-x");
        assertThat(mode(socket.getParent().getParent())).isEqualTo("rwx--x--x");
        assertThat(socket.getParent()).isDirectoryNotContaining("glob:*denied*");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aTaskWithoutOneWasDeniedNothing() {
        assertThat(egress.denied("01JNONENONENONENONENONENON").await().atMost(LIMIT))
                .isEqualTo(Denied.NOTHING);
        egress.close("01JNONENONENONENONENONENON").await().atMost(LIMIT);
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldAtOnce(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> SocketDirectory.open(directory.resolve("x".repeat(80))))
                .hasMessageContaining("fleet.socket-dir")
                .hasMessageContaining("too long");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("d")));
        assertThatThrownBy(() -> SocketDirectory.open(link)).hasMessageContaining("fleet.socket-dir");
    }

    @Test
    void theUsualPlaceIsShort(@TempDir Path directory) {
        String instance = "01JABCDEFGHJKMPQRSTVWXYZ01";
        assertThat(SocketDirectory.usual(instance, Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .isEqualTo(directory.resolve("fleetrunner-PQRSTVWXYZ01"));
        assertThat(SocketDirectory.usual(instance, Map.of("XDG_RUNTIME_DIR", "/" + "x".repeat(100))))
                .hasFileName("fleetrunner-PQRSTVWXYZ01");
    }

    @Test
    void theHostsFileComesFirst(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("hosts"), "127.0.0.9 pypi.test PyPI.Other # comment\n");
        try (var lookup = new DnsLookup(Optional.of(file))) {
            for (String name : List.of("pypi.test", "pypi.other", "PYPI.test")) {
                assertThat(lookup.addresses(name)
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join())
                        .singleElement()
                        .asString()
                        .endsWith("127.0.0.9");
            }
            assertThat(lookup.addresses("unknown.invalid").toCompletionStage().toCompletableFuture())
                    .failsWithin(LIMIT);
        }
    }
}

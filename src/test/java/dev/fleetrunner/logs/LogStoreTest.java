package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LogStoreTest extends WithLogStore {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {".", "..", "../x", "a/b", "a\\b", "/etc/passwd", "a.b", "a b", "a\n", "a\0b", "é", "%2e%2e"})
    void whatIsNoTaskIdIsRefusedBeforeAnythingIsTouched(String id) throws IOException {
        refused(() -> store.open(id));
        refused(() -> store.read(id, LogQuery.all()));
        refused(() -> store.follow(id, LogQuery.all()));
        refused(() -> store.readLines(id, LogQuery.all()));
        refused(() -> store.followLines(id, LogQuery.all()));
        refused(() -> store.plain(id, null, 0, 1));
        refused(() -> store.info(id));
        refused(() -> store.delete(id));

        assertThat(files(root)).isEmpty();
    }

    @Test
    void anIdHasAtMost64Characters() {
        store.info("x".repeat(64)).await().atMost(SOON);

        refused(() -> store.info("x".repeat(65)));
    }

    @Test
    void aLogLiesBelowTheLastTwoCharactersOfItsId() {
        assertThat(log(out("x\n")).file())
                .isEqualTo(root.resolve("SK/01JTASK/log.ndjson"))
                .exists();
        assertThat(store.info("Z").await().atMost(SOON).file()).isEqualTo(root.resolve("Z/Z/log.ndjson"));
    }

    @Test
    void deletingRemovesAllFilesOfALogAndNoOthers() throws IOException {
        log(out("x\n"));
        LogWriter other = store.open("02JTASK").await().atMost(SOON);
        seal(other);

        store.delete(TASK).await().atMost(SOON);
        store.delete(TASK).await().atMost(SOON);

        assertThat(files(root)).hasSize(3).allSatisfy(file -> assertThat(file.toString())
                .contains("02JTASK"));
        assertThat(info().records()).isZero();
        assertThat(store.inUse()).isZero();
    }

    @Test
    void aLogThatCannotBeMadeFailsAndCanBeTriedAgain() throws IOException {
        Path inTheWay = Files.createFile(root.resolve("SK"));

        assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
        Files.delete(inTheWay);

        assertThat(log(out("x\n")).records()).isEqualTo(1);
    }

    @Test
    void aDamagedSealedLogFailsItsReaders() throws IOException {
        LogInfo sealed = log(out("x\ny\n"));
        byte[] bytes = Files.readAllBytes(sealed.file());
        bytes[3] = '!';
        Files.write(sealed.file(), bytes);

        assertThatThrownBy(() -> read(LogQuery.all())).hasMessageContaining("is damaged at byte 0");
        assertThatThrownBy(() -> plain(null)).hasMessageContaining("is damaged at byte 0");
        assertThat(store.inUse()).isZero();
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a task id");
    }

    private static List<Path> files(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
